from __future__ import annotations

import pytest

from app.server.replies.conversions import Conversions
from app.server.replies.words import words_of
from tests.server.replies.conftest import prompt


def ask(text: str) -> str | None:
    return Conversions().answer(prompt(text), words_of(text))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("how many miles are ten kilometers", "10 kilometers is about 6.214 miles."),
        ("how many miles are are ten kilometer", "10 kilometers is about 6.214 miles."),
        ("How many miles is 10km?", "10 kilometers is about 6.214 miles."),
        ("convert five feet to meters", "5 feet is 1.524 meters."),
        ("convert five feet two meters", "5 feet is 1.524 meters."),
        ("convert five feet into meters please", "5 feet is 1.524 meters."),
        ("what is seventy fahrenheit in celsius", "70 degrees Fahrenheit is about 21.1 degrees Celsius."),
        ("what is seventy fahrenheit and celsius", "70 degrees Fahrenheit is about 21.1 degrees Celsius."),
        ("what's seventy degrees in celsius", "70 degrees Fahrenheit is about 21.1 degrees Celsius."),
        ("twenty degrees in fahrenheit", "20 degrees Celsius is 68 degrees Fahrenheit."),
        ("minus forty celsius in fahrenheit", "-40 degrees Celsius is -40 degrees Fahrenheit."),
        ("what is zero degrees celsius in fahrenheit", "0 degrees Celsius is 32 degrees Fahrenheit."),
        ("100°C to K", "100 degrees Celsius is 373.15 kelvin."),
        ("how many grams are in two pounds", "2 pounds is about 907.2 grams."),
        ("how many grams are into pounds", "2 pounds is about 907.2 grams."),
        ("how many miles are for kilometers", "4 kilometers is about 2.485 miles."),
        ("how many feet in a mile", "1 mile is 5280 feet."),
        ("how many feet to the mile", "1 mile is 5280 feet."),
        ("how many seconds are in the day", "1 day is 86,400 seconds."),
        ("how many days are in a year", "1 year is 365.2425 days."),
        ("how many cups are in a gallon", "1 gallon is 16 cups."),
        ("how many ounces in a pound", "1 pound is 16 ounces."),
        ("how many ounces in a cup", "1 cup is 8 fluid ounces."),
        ("how many megabytes are in two gigabytes", "2 gigabytes is 2000 megabytes."),
        ("60 mph in km/h", "60 miles per hour is about 96.56 kilometers per hour."),
        (
            "sixty miles an hour in kilometers per hour",
            "60 miles per hour is about 96.56 kilometers per hour.",
        ),
        ("two and a half hours in minutes", "2.5 hours is 150 minutes."),
        ("six foot two in centimeters", "6 feet 2 inches is 187.96 centimeters."),
        ("how many inches is five feet two inches", "5 feet 2 inches is 62 inches."),
        ("5'2\" in cm", "5 feet 2 inches is 157.48 centimeters."),
        ("half a mile in meters", "0.5 miles is 804.672 meters."),
        ("one mile is how many kilometers", "1 mile is about 1.609 kilometers."),
        ("how long is a mile in kilometers", "1 mile is about 1.609 kilometers."),
        ("convert kilometers to miles", "1 kilometer is about 0.6214 miles."),
        ("one millimeter in miles", "1 millimeter is almost 0 miles."),
        ("convert twelve stone to kilos", "12 stone is about 76.2 kilograms."),
    ],
)
def test_converts(text: str, answer: str) -> None:
    assert ask(text) == answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("how many pounds are in a mile", "I cannot turn a length into a weight."),
        ("convert ten seconds to liters", "I cannot turn a time into a volume."),
        (
            "minus five hundred celsius in fahrenheit",
            "Nothing can be that cold. Absolute zero is -273.15 degrees Celsius.",
        ),
        ("1e400 km in miles", "That number is too large for me."),
        ("how many millimeters are nine hundred trillion kilometers", "That number is too large for me."),
    ],
)
def test_says_what_cannot_be_converted(text: str, answer: str) -> None:
    assert ask(text) == answer


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what time is it",
        "i have been waiting for two hours and five minutes",
        "it takes twenty minutes on some days",
        "ten kilometers",
        "how many five miles in ten kilometers",
        "many miles and ten kilometers",
        "how many dollars are ten pounds",
        "how many miles is a marathon",
        "once a day to day",
        "ten kilometers five miles two feet and three yards",
        "in in in c to f in",
    ],
)
def test_leaves_other_words_alone(text: str) -> None:
    assert ask(text) is None
