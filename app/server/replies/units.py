"""Units of measure and what they are worth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from app.server.replies.words import Words, listed


class Dimension(Enum):
    """What a unit measures; the value is how it is said."""

    LENGTH = "a length"
    MASS = "a weight"
    VOLUME = "a volume"
    TEMPERATURE = "a temperature"
    SPEED = "a speed"
    TIME = "a time"
    DATA = "an amount of data"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``base = amount * factor + offset`` in the base unit of its dimension.

    The base units are meter, kilogram, liter, kelvin, meter per second, second and byte. Factors are the
    exact definitions (NIST Special Publication 811, appendix B; IEC 80000-13 for the binary multiples).

    Attributes:
        one: Its name for an amount of one.
        many: Its name for any other amount.
        dimension: What it measures.
        factor: What one of it is worth in the base unit.
        offset: Where its zero lies in the base unit.
    """

    one: str
    many: str
    dimension: Dimension
    factor: Fraction
    offset: Fraction = Fraction(0)


# name | plural | factor | other names; a US measure where countries differ
_TABLES = {
    Dimension.LENGTH: """
        millimeter | millimeters | 0.001 | mm millimetre millimetres
        centimeter | centimeters | 0.01 | cm centimetre centimetres
        meter | meters | 1 | m metre metres
        kilometer | kilometers | 1000 | km kms kilometre kilometres
        inch | inches | 0.0254 | in
        foot | feet | 0.3048 | ft foots
        yard | yards | 0.9144 | yd yds
        mile | miles | 1609.344 | mi
        nautical mile | nautical miles | 1852 | nmi
    """,
    Dimension.MASS: """
        milligram | milligrams | 0.000001 | mg milligramme milligrammes
        gram | grams | 0.001 | g gramme grammes
        kilogram | kilograms | 1 | kg kgs kilo kilos kilogramme kilogrammes
        metric ton | metric tons | 1000 | t ton tons tonne tonnes
        ounce | ounces | 0.028349523125 | oz
        pound | pounds | 0.45359237 | lb lbs
        stone | stone | 6.35029318 | stones
    """,
    Dimension.VOLUME: """
        milliliter | milliliters | 0.001 | ml millilitre millilitres
        centiliter | centiliters | 0.01 | cl centilitre centilitres
        deciliter | deciliters | 0.1 | dl decilitre decilitres
        liter | liters | 1 | l litre litres
        teaspoon | teaspoons | 0.00492892159375 | tsp
        tablespoon | tablespoons | 0.01478676478125 | tbsp
        fluid ounce | fluid ounces | 0.0295735295625 | floz
        cup | cups | 0.2365882365 |
        pint | pints | 0.473176473 | pt
        quart | quarts | 0.946352946 | qt
        gallon | gallons | 3.785411784 | gal
        imperial pint | imperial pints | 0.56826125 |
        imperial gallon | imperial gallons | 4.54609 |
        cubic meter | cubic meters | 1000 |
    """,
    Dimension.SPEED: """
        kilometer per hour | kilometers per hour | 5/18 | kph kmh
        mile per hour | miles per hour | 0.44704 | mph
        meter per second | meters per second | 1 | mps
        foot per second | feet per second | 0.3048 | fps
        knot | knots | 463/900 | kn
    """,
    Dimension.TIME: """
        millisecond | milliseconds | 0.001 | ms
        second | seconds | 1 | s sec secs
        minute | minutes | 60 | min mins
        hour | hours | 3600 | h hr hrs
        day | days | 86400 | d
        week | weeks | 604800 | wk
        fortnight | fortnights | 1209600 |
        month | months | 2629746 |
        year | years | 31556952 | yr yrs
        decade | decades | 315569520 |
        century | centuries | 3155695200 |
    """,
    Dimension.DATA: """
        bit | bits | 1/8 |
        byte | bytes | 1 |
        kilobit | kilobits | 125 | kbit
        megabit | megabits | 125000 | mbit
        gigabit | gigabits | 125000000 | gbit
        kilobyte | kilobytes | 1000 | kb
        megabyte | megabytes | 1000000 | mb meg megs
        gigabyte | gigabytes | 1000000000 | gb gig gigs
        terabyte | terabytes | 1000000000000 | tb
        petabyte | petabytes | 1000000000000000 | pb
        kibibyte | kibibytes | 1024 | kib
        mebibyte | mebibytes | 1048576 | mib
        gibibyte | gibibytes | 1073741824 | gib
        tebibyte | tebibytes | 1099511627776 | tib
    """,
}
_ZERO_CELSIUS = Fraction("273.15")
CELSIUS = Unit("degree Celsius", "degrees Celsius", Dimension.TEMPERATURE, Fraction(1), _ZERO_CELSIUS)
"""Said ``degrees`` alone when the other unit is Fahrenheit."""
FAHRENHEIT = Unit(
    "degree Fahrenheit",
    "degrees Fahrenheit",
    Dimension.TEMPERATURE,
    Fraction(5, 9),
    _ZERO_CELSIUS - 32 * Fraction(5, 9),
)
"""Said ``degrees`` alone when the other unit is Celsius."""
KELVIN = Unit("kelvin", "kelvin", Dimension.TEMPERATURE, Fraction(1))


def _named_units() -> dict[Words, tuple[Unit, ...]]:
    named: dict[Words, tuple[Unit, ...]] = {}
    for dimension, table in _TABLES.items():
        for line in table.strip().splitlines():
            one, many, factor, others = (cell.strip() for cell in line.split("|"))
            unit = Unit(one, many, dimension, Fraction(factor))
            for name in (one, many, *listed(others)):
                named[listed(name)] = (unit,)
            if " per " in one:
                for name in (one, many):
                    named[listed(name.replace(" per ", " an "))] = (unit,)
                    named[listed(name.replace(" per ", " a "))] = (unit,)
    scales = {"celsius": CELSIUS, "centigrade": CELSIUS, "fahrenheit": FAHRENHEIT, "kelvin": KELVIN}
    for name, unit in scales.items() | {
        ("c", CELSIUS),
        ("f", FAHRENHEIT),
        ("k", KELVIN),
        ("kelvins", KELVIN),
    }:
        for before in ("", "degrees ", "degree "):
            named[listed(before + name)] = (unit,)
    named[("degrees",)] = named[("degree",)] = (CELSIUS, FAHRENHEIT)
    for mass, volume in (("ounce", "fluid ounce"), ("ounces", "fluid ounces"), ("oz", "floz")):
        named[(mass,)] += named[listed(volume)]
    named[("km", "/", "h")] = named[("kmh",)]
    named[("m", "/", "s")] = named[("mps",)]
    named[("fl", "oz")] = named[("floz",)]
    return named


_NAMED = _named_units()
_LONGEST = max(map(len, _NAMED))
FOOT, INCH = _NAMED[("foot",)][0], _NAMED[("inch",)][0]
"""The two that make up a person's height."""


def unit_at(words: Words, at: int) -> tuple[tuple[Unit, ...], int] | None:
    """Read the name of a unit at ``at``.

    Returns:
        The units that can be meant (``ounce`` is a weight or a volume, ``degrees`` two scales) and the index
        behind the name; None if there is none.
    """
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        units = _NAMED.get(words[at : at + length])
        if units is not None:
            return units, at + length
    return None


def convert(amount: Fraction, source: Unit, target: Unit) -> Fraction:
    """Return ``amount`` of ``source`` in ``target``, which measures the same."""
    return (amount * source.factor + source.offset - target.offset) / target.factor
