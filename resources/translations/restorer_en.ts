<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AdaptDialog</name>
    <message numerus="yes">
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="306"/>
        <source>Narrow damage {:+.2f} dB, wide damage {:+.2f} dB, on %Ln photograph(s) put aside.</source>
        <translation>
            <numerusform>Narrow damage {:+.2f} dB, wide damage {:+.2f} dB, on %Ln photograph put aside.</numerusform>
            <numerusform>Narrow damage {:+.2f} dB, wide damage {:+.2f} dB, on %Ln photographs put aside.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Boxes</name>
    <message numerus="yes">
        <location filename="../../restorer/ui/dialogs/boxes.py" line="222"/>
        <source>Open %Ln picture(s), each in a window of its own?</source>
        <translation>
            <numerusform>Open %Ln picture, each in a window of its own?</numerusform>
            <numerusform>Open %Ln pictures, each in a window of its own?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../restorer/ui/dialogs/boxes.py" line="295"/>
        <source>“{}”: %Ln pixel(s) changed, {} outside the mask.</source>
        <translation>
            <numerusform>“{}”: %Ln pixel changed, {} outside the mask.</numerusform>
            <numerusform>“{}”: %Ln pixels changed, {} outside the mask.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message numerus="yes">
        <location filename="../../restorer/ui/desk.py" line="115"/>
        <source>; only {} of %Ln action(s) can be read</source>
        <translation>
            <numerusform>; only {} of %Ln action can be read</numerusform>
            <numerusform>; only {} of %Ln actions can be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportViews</name>
    <message numerus="yes">
        <location filename="../../restorer/ui/dialogs/export_views.py" line="134"/>
        <source>%Ln pixel(s) changed, {} outside the mask.</source>
        <translation>
            <numerusform>%Ln pixel changed, {} outside the mask.</numerusform>
            <numerusform>%Ln pixels changed, {} outside the mask.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../restorer/ui/dialogs/export_views.py" line="139"/>
        <source>In the JPEG&apos;s blocks at the rim of the mask up to %Ln more pixel(s) may change a little; they are counted in the file, before it takes its name.</source>
        <translation>
            <numerusform>In the JPEG&apos;s blocks at the rim of the mask up to %Ln more pixel may change a little; it is counted in the file, before it takes its name.</numerusform>
            <numerusform>In the JPEG&apos;s blocks at the rim of the mask up to %Ln more pixels may change a little; they are counted in the file, before it takes its name.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FindingPanel</name>
    <message numerus="yes">
        <location filename="../../restorer/ui/panels/finding_panel.py" line="195"/>
        <source>%Ln place(s) · {} % of the picture. Click one to leave it out.</source>
        <translation>
            <numerusform>%Ln place · {} % of the picture. Click one to leave it out.</numerusform>
            <numerusform>%Ln places · {} % of the picture. Click one to leave it out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LastBatch</name>
    <message numerus="yes">
        <location filename="../../restorer/ui/batch/last_batch.py" line="81"/>
        <source>%Ln result(s) there were made with other settings.</source>
        <translation>
            <numerusform>%Ln result there was made with other settings.</numerusform>
            <numerusform>%Ln results there were made with other settings.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPane</name>
    <message numerus="yes">
        <location filename="../../restorer/ui/batch/review_pane.py" line="184"/>
        <source>%Ln pixel(s) changed, {} outside the mask.</source>
        <translation>
            <numerusform>%Ln pixel changed, {} outside the mask.</numerusform>
            <numerusform>%Ln pixels changed, {} outside the mask.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Rows</name>
    <message numerus="yes">
        <location filename="../../restorer/ui/batch/rows.py" line="154"/>
        <source>Restored: %Ln pixel(s) changed</source>
        <translation>
            <numerusform>Restored: %Ln pixel changed</numerusform>
            <numerusform>Restored: %Ln pixels changed</numerusform>
        </translation>
    </message>
</context>
</TS>
