<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Archive</name>
    <message numerus="yes">
        <source>%n messages were written to {path}.</source>
        <translation>
            <numerusform>%n message was written to {path}.</numerusform>
            <numerusform>%n messages were written to {path}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DiagnosticsWindow</name>
    <message numerus="yes">
        <source>%n frames of the microphone</source>
        <translation>
            <numerusform>%n frame of the microphone</numerusform>
            <numerusform>%n frames of the microphone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the way</source>
        <translation>
            <numerusform>%n on the way</numerusform>
            <numerusform>%n on the way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the speaker ran dry %n times</source>
        <translation>
            <numerusform>the speaker ran dry %n time</numerusform>
            <numerusform>the speaker ran dry %n times</numerusform>
        </translation>
    </message>
</context>
</TS>
