<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <location filename="../../restorer/ui/actions.py" line="49"/>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="50"/>
        <source>Open another pa&amp;ge…</source>
        <translation>打开其他页(&amp;G)…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="51"/>
        <source>&amp;Paste as new picture</source>
        <translation>粘贴为新图片(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="52"/>
        <source>Restore man&amp;y pictures…</source>
        <translation>批量修复图片(&amp;Y)…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="53"/>
        <source>&amp;Import mask…</source>
        <translation>导入蒙版(&amp;I)…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="54"/>
        <source>Export &amp;mask…</source>
        <translation>导出蒙版(&amp;M)…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="55"/>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="56"/>
        <source>&amp;Copy the restored picture</source>
        <translation>复制修复后的图片(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="57"/>
        <source>&amp;Save project</source>
        <translation>保存项目(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="58"/>
        <source>Save project &amp;as…</source>
        <translation>项目另存为(&amp;A)…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="59"/>
        <source>&amp;Close window</source>
        <translation>关闭窗口(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="60"/>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="64"/>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="65"/>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="129"/>
        <source>Lo&amp;upe: both, enlarged</source>
        <translation>放大镜：同时放大前后(&amp;U)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="67"/>
        <source>&amp;Grow marks</source>
        <translation>扩展标记(&amp;G)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="68"/>
        <source>&amp;Shrink marks</source>
        <translation>收缩标记(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="69"/>
        <source>S&amp;mooth marks</source>
        <translation>平滑标记(&amp;M)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="70"/>
        <source>&amp;Invert marks</source>
        <translation>反选标记(&amp;I)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="72"/>
        <source>Rotate to the &amp;left</source>
        <translation>向左旋转(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="77"/>
        <source>Se&amp;ttings…</source>
        <translation>设置(&amp;T)…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="81"/>
        <source>&amp;Hand: move the picture</source>
        <translation>抓手：移动图片(&amp;H)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="82"/>
        <source>&amp;Brush: mark damage</source>
        <translation>画笔：标记损伤(&amp;B)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="83"/>
        <source>&amp;Eraser: take marks away</source>
        <translation>橡皮：擦除标记(&amp;E)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="84"/>
        <source>&amp;Line: straight, from end to end</source>
        <translation>直线：从一端到另一端(&amp;L)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="85"/>
        <source>&amp;Scratch: follow it from end to end</source>
        <translation>划痕：从一端跟踪到另一端(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="86"/>
        <source>L&amp;asso: draw around damage</source>
        <translation>套索：圈出损伤(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="87"/>
        <source>&amp;Polygon: corner by corner</source>
        <translation>多边形：逐个角点(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="88"/>
        <source>&amp;Rectangle</source>
        <translation>矩形(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="89"/>
        <source>Ell&amp;ipse</source>
        <translation>椭圆(&amp;I)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="90"/>
        <source>Magic &amp;wand: mark what looks alike</source>
        <translation>魔棒：标记相似的部分(&amp;W)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="91"/>
        <source>&amp;Clone: bring pixels from another place</source>
        <translation>仿制：取用别处的像素(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="96"/>
        <source>Shapes take marks awa&amp;y</source>
        <translation>用形状去除标记(&amp;Y)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="97"/>
        <source>Bi&amp;gger brush</source>
        <translation>增大画笔(&amp;G)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="98"/>
        <source>S&amp;maller brush</source>
        <translation>缩小画笔(&amp;M)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="99"/>
        <source>Heal as you &amp;paint</source>
        <translation>边涂边修(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="100"/>
        <source>&amp;Restore what is marked</source>
        <translation>修复标记处(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="101"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="102"/>
        <source>&amp;Find damage</source>
        <translation>查找损伤(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="104"/>
        <source>&amp;Next place of damage</source>
        <translation>下一处损伤(&amp;N)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="105"/>
        <source>Pre&amp;vious place of damage</source>
        <translation>上一处损伤(&amp;V)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="106"/>
        <source>Adapt to my &amp;collection…</source>
        <translation>针对我的藏品微调(&amp;C)…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="125"/>
        <source>Divider lying &amp;horizontally</source>
        <translation>分隔线水平放置(&amp;H)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="140"/>
        <source>&amp;Take the tour</source>
        <translation>新手导览(&amp;T)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="142"/>
        <source>&amp;Keyboard shortcuts…</source>
        <translation>快捷键(&amp;K)…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="163"/>
        <source>“{}”</source>
        <translation>“{}”</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="206"/>
        <source>Find damage: the networks are still being loaded</source>
        <translation>查找损伤：网络仍在加载</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="208"/>
        <source>Find damage: the weights for it are not installed</source>
        <translation>查找损伤：没有安装所需的权重</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="119"/>
        <source>&amp;Fit into the window</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="66"/>
        <source>Clear &amp;all marks</source>
        <translation>清除全部标记(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="71"/>
        <source>Rotate to the rig&amp;ht</source>
        <translation>向右旋转(&amp;H)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="73"/>
        <source>&amp;Flip horizontally</source>
        <translation>水平翻转(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="74"/>
        <source>Flip &amp;vertically</source>
        <translation>垂直翻转(&amp;V)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="93"/>
        <source>Heal by han&amp;d: clone, and fit the colour</source>
        <translation>手工修补：仿制并匹配颜色(&amp;D)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="95"/>
        <source>Clone from under the poin&amp;ter</source>
        <translation>以指针处为仿制源(&amp;T)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="103"/>
        <source>Find damage in an &amp;infrared scan…</source>
        <translation>用红外扫描查找损伤(&amp;I)…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="120"/>
        <source>&amp;Actual size, 100 %</source>
        <translation>实际大小，100 %(&amp;A)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="121"/>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="122"/>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="123"/>
        <source>&amp;Divider: before and after</source>
        <translation>分隔线：修复前后(&amp;D)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="127"/>
        <source>&amp;Side by side</source>
        <translation>并排(&amp;S)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="128"/>
        <source>&amp;Blink between before and after</source>
        <translation>前后交替闪现(&amp;B)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="130"/>
        <source>Show what has &amp;changed</source>
        <translation>显示已改变的部分(&amp;C)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="132"/>
        <source>See the ori&amp;ginal (hold)</source>
        <translation>查看原图（按住）(&amp;G)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="133"/>
        <source>Side &amp;panel</source>
        <translation>侧边面板(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="135"/>
        <source>Go to the next part of the &amp;window</source>
        <translation>转到窗口的下一部分(&amp;W)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="136"/>
        <source>Point with the &amp;keyboard</source>
        <translation>用键盘移动指针(&amp;K)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="139"/>
        <source>&amp;Find a command…</source>
        <translation>查找命令(&amp;F)…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="141"/>
        <source>&amp;Help and keys</source>
        <translation>帮助与快捷键(&amp;H)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="143"/>
        <source>&amp;Save a report…</source>
        <translation>保存报告(&amp;S)…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/actions.py" line="144"/>
        <source>&amp;About Restorer</source>
        <translation>关于 Restorer(&amp;A)</translation>
    </message>
</context>
<context>
    <name>AdaptDialog</name>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="60"/>
        <source>Adapt to my collection</source>
        <translation>针对我的藏品微调</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="67"/>
        <source>Teaches a network a little more by about 20 undamaged photographs of one collection. A quarter of them is put aside to measure the gain; without one nothing is kept. They are only read.</source>
        <translation>用同一批藏品中约 20 张没有损伤的照片对网络进行微调。其中四分之一留作评估；如果没有提升，则不保存任何结果。照片只会被读取。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="87"/>
        <source>Photographs and folders</source>
        <translation>照片和文件夹</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="91"/>
        <source>Add photographs…</source>
        <translation>添加照片…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="92"/>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="93"/>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="94"/>
        <source>Take the chosen ones from the list; the files stay. Key: Del</source>
        <translation>把选中的项目从列表中移除，文件本身不变。快捷键：Del</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="120"/>
        <source>My collection</source>
        <translation>我的藏品</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="125"/>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="127"/>
        <source>Keep the weights even if nothing is gained</source>
        <translation>即使没有提升也保留权重</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="129"/>
        <source>Start from</source>
        <translation>基础网络</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="130"/>
        <source>Call it</source>
        <translation>名称</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="131"/>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="143"/>
        <source>Expect little: 20 portraits of one archive gained 0.06 dB on narrow damage, in 400 steps. What yours gain is measured at the end, on the photographs put aside. Restoring waits meanwhile.</source>
        <translation>不要期望过高：以某档案馆的 20 张肖像微调 400 步，细窄损伤提高了 0.06 dB。您的藏品提高多少，会在结束时用留出的照片测量。期间修复会等待。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="155"/>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="156"/>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="159"/>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="213"/>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="193"/>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="193"/>
        <source>Add photographs</source>
        <translation>添加照片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="203"/>
        <source>Pictures ({})</source>
        <translation>图片 ({})</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="203"/>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="213"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="227"/>
        <source>Waiting for the engine…</source>
        <translation>正在等待引擎…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="286"/>
        <source>Reading the photographs…</source>
        <translation>正在读取照片…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="287"/>
        <source>Measuring…</source>
        <translation>正在测量…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="288"/>
        <source>Learning…</source>
        <translation>正在微调…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="290"/>
        <source>about {} min left</source>
        <translation>剩余约 {} 分钟</translation>
    </message>
    <message numerus="yes">
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="306"/>
        <source>Narrow damage {:+.2f} dB, wide damage {:+.2f} dB, on %Ln photograph(s) put aside.</source>
        <translation>
            <numerusform>细窄损伤 {:+.2f} dB，大面积损伤 {:+.2f} dB（以留出的 %Ln 张照片评估）。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="309"/>
        <source>That is no gain, so nothing was kept: give more photographs, or more time.</source>
        <translation>没有提升，因此未保存结果：请提供更多照片，或延长时间。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="311"/>
        <source>“{}” can be chosen as the network now.</source>
        <translation>现在可以选择“{}”作为网络。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/adapt_dialog.py" line="318"/>
        <source>Cancelled; nothing was kept.</source>
        <translation>已取消，未保存任何结果。</translation>
    </message>
</context>
<context>
    <name>BatchWindow</name>
    <message>
        <location filename="../../restorer/ui/batch/batch_window.py" line="84"/>
        <source>Many pictures – Restorer</source>
        <translation>批量修复 – Restorer</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/batch_window.py" line="352"/>
        <source>Add pictures, or drop them or their folder here.</source>
        <translation>请添加图片，或把图片或文件夹拖到此处。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/batch_window.py" line="354"/>
        <source>Choose the folder of the masks.</source>
        <translation>请选择蒙版所在的文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/batch_window.py" line="356"/>
        <source>Choose what to look for.</source>
        <translation>请选择要查找的损伤种类。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/batch_window.py" line="358"/>
        <source>Choose a folder for the results.</source>
        <translation>请选择存放结果的文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/batch_window.py" line="375"/>
        <source>Restorer</source>
        <translation>Restorer</translation>
    </message>
</context>
<context>
    <name>Boxes</name>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="78"/>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="197"/>
        <source>Restorer</source>
        <translation>Restorer</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="82"/>
        <source>Restorer {} brings damaged photographs back, on your own computer.

It is free software under the Apache License 2.0.</source>
        <translation>Restorer {} 在您自己的电脑上修复受损照片。

它是以 Apache License 2.0 发布的自由软件。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="85"/>
        <source>About Restorer</source>
        <translation>关于 Restorer</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="97"/>
        <source>Close without exporting?</source>
        <translation>不导出就关闭吗？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="99"/>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="120"/>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="135"/>
        <source>The original is unchanged in any case.</source>
        <translation>无论如何，原图都不会改变。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="102"/>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="103"/>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="123"/>
        <source>Save project</source>
        <translation>保存项目</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="104"/>
        <source>Close without exporting</source>
        <translation>不导出，直接关闭</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="118"/>
        <source>Close without restoring?</source>
        <translation>不修复就关闭？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="124"/>
        <source>Restore</source>
        <translation>修复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="125"/>
        <source>Close without restoring</source>
        <translation>不修复直接关闭</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="133"/>
        <source>Close without marking?</source>
        <translation>不标记就关闭？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="138"/>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="150"/>
        <source>Mark it</source>
        <translation>标记</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="139"/>
        <source>Close without marking</source>
        <translation>不标记直接关闭</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="145"/>
        <source>What was found has been corrected, but has not been marked.</source>
        <translation>查找到的损伤已作更正，但尚未标记。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="146"/>
        <source>Forget what was found?</source>
        <translation>放弃查找结果？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="151"/>
        <source>Forget it</source>
        <translation>放弃</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="152"/>
        <source>Go on choosing</source>
        <translation>继续选择</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="160"/>
        <source>Restorer ended unexpectedly. The work on this is safe: {}</source>
        <translation>Restorer 意外退出。以下图片的修改已保存：{}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="161"/>
        <source>Go on with your work?</source>
        <translation>继续上次的修改吗？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="165"/>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="167"/>
        <source>Ask again later</source>
        <translation>以后再问</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="175"/>
        <source>Stop adapting?</source>
        <translation>停止微调？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="176"/>
        <source>A network is being adapted to your collection.</source>
        <translation>正在针对您的藏品微调网络。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="181"/>
        <source>It cannot be gone on with later: what was learnt so far would be lost. Your photographs are safe.</source>
        <translation>停止后无法接着进行：目前学到的内容会丢失。您的照片不受影响。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="185"/>
        <source>Stop, and lose it</source>
        <translation>停止并放弃</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="186"/>
        <source>Keep adapting</source>
        <translation>继续微调</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="194"/>
        <source>“{}” is no longer where it was: your work goes on, but put it back before you close.</source>
        <translation>“{}”已不在原处：您可以继续工作，但请在关闭之前将它放回。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="196"/>
        <source>“{}” was changed by another program: your work goes on with what was opened.</source>
        <translation>“{}”已被其他程序更改：您的工作将以打开时的内容继续。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="209"/>
        <source>The project has changed</source>
        <translation>项目已更改</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="212"/>
        <source>What it holds now is lost if you replace it.</source>
        <translation>如果替换它，其中现有的内容将会丢失。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="215"/>
        <source>Save under another name…</source>
        <translation>另存为其他名称…</translation>
    </message>
    <message numerus="yes">
        <location filename="../../restorer/ui/dialogs/boxes.py" line="295"/>
        <source>“{}”: %Ln pixel(s) changed, {} outside the mask.</source>
        <translation>
            <numerusform>“{}”：更改了 %Ln 个像素，其中 {} 个在蒙版之外。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="223"/>
        <source>Open photographs</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="225"/>
        <source>Open all</source>
        <translation>全部打开</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="230"/>
        <source>“{}” is as large as this picture, and grey: is it a mask?</source>
        <translation>“{}”与此图片大小相同，且是灰度图：它是蒙版吗？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="231"/>
        <source>A mask?</source>
        <translation>是蒙版吗？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="233"/>
        <source>As a mask, white is what is to be restored.</source>
        <translation>作为蒙版时，白色处将被修复。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="236"/>
        <source>Use it as the mask</source>
        <translation>用作蒙版</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="237"/>
        <source>Open it as a picture</source>
        <translation>作为图片打开</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="243"/>
        <source>Replace what is there already: {}?</source>
        <translation>替换已有的文件：{}？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="244"/>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="255"/>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="216"/>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="248"/>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="166"/>
        <source>Discard it</source>
        <translation>丢弃</translation>
    </message>
    <message numerus="yes">
        <location filename="../../restorer/ui/dialogs/boxes.py" line="222"/>
        <source>Open %Ln picture(s), each in a window of its own?</source>
        <translation>
            <numerusform>要打开 %Ln 张图片，每张一个窗口吗？</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="254"/>
        <source>“{}” is no longer the file that was opened: export what was opened, with your repairs?</source>
        <translation>“{}”已不是当时打开的文件：要导出当时打开的内容和您的修复吗？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="259"/>
        <source>Export all the same</source>
        <translation>仍然导出</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="266"/>
        <source>Where is it?</source>
        <translation>它在哪里？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="271"/>
        <source>Choose it…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="278"/>
        <source>Exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="281"/>
        <source>The file was read back and compared with the original, pixel by pixel.</source>
        <translation>已重新读取该文件，并与原图逐像素比较。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="285"/>
        <source>Written beside it: {}</source>
        <translation>一并写入：{}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/boxes.py" line="288"/>
        <source>Show the folder</source>
        <translation>显示文件夹</translation>
    </message>
</context>
<context>
    <name>CandidatesDialog</name>
    <message>
        <location filename="../../restorer/ui/dialogs/candidates_dialog.py" line="40"/>
        <source>More like this</source>
        <translation>更多候选</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/candidates_dialog.py" line="47"/>
        <source>Choose what takes its place, by a click or by the keys 1 to 4; undo takes it back.</source>
        <translation>单击或按数字键 1 至 4 选择替代的结果；可以撤销。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/candidates_dialog.py" line="54"/>
        <source>As it is</source>
        <translation>保持现状</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/candidates_dialog.py" line="56"/>
        <location filename="../../restorer/ui/dialogs/candidates_dialog.py" line="112"/>
        <source>Being restored…</source>
        <translation>正在修复…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/candidates_dialog.py" line="93"/>
        <source>Another texture</source>
        <translation>另一种纹理</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/candidates_dialog.py" line="94"/>
        <source>A margin {} px wider</source>
        <translation>边缘外扩 {} 像素</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/candidates_dialog.py" line="95"/>
        <source>By the network</source>
        <translation>由网络修复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/candidates_dialog.py" line="96"/>
        <source>Another network</source>
        <translation>另一个网络</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/candidates_dialog.py" line="97"/>
        <source>Copied from the surroundings</source>
        <translation>从周围复制</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/candidates_dialog.py" line="103"/>
        <source>cloned by hand</source>
        <translation>手工仿制</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/candidates_dialog.py" line="103"/>
        <source>healed by hand</source>
        <translation>手工修补</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/candidates_dialog.py" line="106"/>
        <source>Only pixels of this picture, nothing is invented</source>
        <translation>仅使用本图片的像素，不做任何虚构</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <location filename="../../restorer/ui/canvas/canvas.py" line="75"/>
        <source>Photograph</source>
        <translation>照片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/canvas/canvas.py" line="77"/>
        <source>Paint over the damage. The wheel zooms, the right button or Space and the left button pan.</source>
        <translation>涂抹损伤处。滚轮缩放，按右键或按住空格加左键可平移。</translation>
    </message>
</context>
<context>
    <name>Choosing</name>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="33"/>
        <source>Open photographs</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="35"/>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="58"/>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="65"/>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="72"/>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="42"/>
        <source>Open another page</source>
        <translation>打开其他页</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="44"/>
        <source>Page {} of {} is open here. Which one is to be opened in a window of its own?</source>
        <translation>此处打开的是第 {} 页（共 {} 页）。要在新窗口中打开哪一页？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="56"/>
        <source>Where is “{}”?</source>
        <translation>“{}”在哪里？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="63"/>
        <source>Import a mask: white is to be restored</source>
        <translation>导入蒙版：白色处将被修复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="70"/>
        <source>Choose the infrared scan</source>
        <translation>选择红外扫描</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="76"/>
        <source>Export the mask</source>
        <translation>导出蒙版</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="91"/>
        <source>Save the project</source>
        <translation>保存项目</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="92"/>
        <source>Restorer projects (*.restorer)</source>
        <translation>Restorer 项目 (*.restorer)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="99"/>
        <source>Save a report: it names no files and holds no pictures</source>
        <translation>保存报告：其中没有文件名，也没有图片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="100"/>
        <source>Text (*.txt)</source>
        <translation>文本 (*.txt)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="107"/>
        <source>Pictures ({})</source>
        <translation>图片 ({})</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/choosing.py" line="111"/>
        <source>Pictures and projects ({})</source>
        <translation>图片和项目 ({})</translation>
    </message>
</context>
<context>
    <name>ChosenRepair</name>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="94"/>
        <source>Name of the repair</source>
        <translation>修复的名称</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="95"/>
        <source>A name of your own for it</source>
        <translation>为它取一个名称</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="99"/>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="99"/>
        <source>Strength of the repair</source>
        <translation>修复强度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="101"/>
        <source>How much it counts against what was there before.</source>
        <translation>它相对于原有内容的比重。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="103"/>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="103"/>
        <source>Feather of the repair</source>
        <translation>此修复的羽化</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="103"/>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="213"/>
        <source>{} px</source>
        <translation>{} 像素</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="105"/>
        <source>How far inwards from its rim it passes into what was there before.</source>
        <translation>从边缘向内多宽的范围逐渐过渡到原有内容。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="109"/>
        <source>Grain</source>
        <translation>颗粒</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="109"/>
        <source>Grain of the repair</source>
        <translation>修复的颗粒</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="112"/>
        <source>Noise like that of the surroundings, as far as the repair lacks it; 0 % is the bare network.</source>
        <translation>补上修复所缺少的、与周围相同的噪点；0 % 即网络的原样结果。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="123"/>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="212"/>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="214"/>
        <source>{} %</source>
        <translation>{} %</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="147"/>
        <source>Show of the repair</source>
        <translation>显示修复的哪一方面</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="150"/>
        <source>the picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="151"/>
        <source>how sure it is</source>
        <translation>可信程度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="152"/>
        <source>what it drew from</source>
        <translation>取样来源</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="157"/>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="168"/>
        <source>More like this…</source>
        <translation>更多候选…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="169"/>
        <source>Three other ways to fill it, side by side</source>
        <translation>另外三种填补方式，并排比较</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="171"/>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="172"/>
        <source>Takes the repair away; undo brings it back</source>
        <translation>移除此修复；可用撤销恢复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="174"/>
        <source>Again</source>
        <translation>再次修复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="175"/>
        <source>Restores it once more, by another network or as a variant</source>
        <translation>用其他网络或另一变体再次修复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="254"/>
        <source>The same network</source>
        <translation>相同的网络</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/chosen_repair.py" line="255"/>
        <source>A variant</source>
        <translation>另一变体</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <location filename="../../restorer/ui/closing.py" line="83"/>
        <source>The window closes as soon as the export is written.</source>
        <translation>导出写完后窗口就会关闭。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/closing.py" line="85"/>
        <source>The window closes as soon as the project is written.</source>
        <translation>项目写完后窗口就会关闭。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/closing.py" line="86"/>
        <source>The window closes as soon as the mask is written.</source>
        <translation>蒙版写完后窗口就会关闭。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/closing.py" line="118"/>
        <source>What was found in “{}” has been corrected, but has not been marked.</source>
        <translation>“{}”中查找到的损伤已作更正，但尚未标记。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/closing.py" line="122"/>
        <source>Some marks in “{}” have not been restored.</source>
        <translation>“{}”中有些标记尚未修复。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/closing.py" line="128"/>
        <source>How “{}” is turned has not been exported, and some marks have not been restored.</source>
        <translation>“{}”的旋转或翻转尚未导出，还有一些标记没有修复。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/closing.py" line="130"/>
        <source>How “{}” is turned has not been exported.</source>
        <translation>“{}”的旋转或翻转尚未导出。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/closing.py" line="132"/>
        <source>What was restored in “{}” since the last export has not been exported.</source>
        <translation>“{}”自上次导出以来的修复尚未导出。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/closing.py" line="135"/>
        <source>The restored picture “{}” has not been exported, and some marks have not been restored.</source>
        <translation>修复后的图片“{}”尚未导出，还有一些标记没有修复。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/closing.py" line="138"/>
        <source>The restored picture “{}” has not been exported.</source>
        <translation>修复后的图片“{}”尚未导出。</translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <location filename="../../restorer/ui/panels/compare_panel.py" line="19"/>
        <source>Before and after</source>
        <translation>修复前后</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <location filename="../../restorer/ui/canvas/compare_view.py" line="31"/>
        <source>Before and after</source>
        <translation>修复前后</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/canvas/compare_view.py" line="32"/>
        <source>The original left of the divider, the restored picture right of it.</source>
        <translation>分隔线左侧为原图，右侧为修复后的图片。</translation>
    </message>
</context>
<context>
    <name>DamageChoice</name>
    <message>
        <location filename="../../restorer/ui/batch/damage_choice.py" line="27"/>
        <location filename="../../restorer/ui/batch/damage_choice.py" line="32"/>
        <source>Sensitivity</source>
        <translation>灵敏度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/damage_choice.py" line="28"/>
        <source>To the left: what is certain. To the right: whatever may be damage.</source>
        <translation>向左：只标记确定的；向右：凡可能是损伤的都标记。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/damage_choice.py" line="35"/>
        <source>Scratches</source>
        <translation>划痕</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/damage_choice.py" line="35"/>
        <source>Dust, hairs</source>
        <translation>灰尘、毛发</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/damage_choice.py" line="35"/>
        <source>Cracks, folds</source>
        <translation>裂纹、折痕</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/damage_choice.py" line="36"/>
        <source>Stains</source>
        <translation>污渍</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/damage_choice.py" line="69"/>
        <source>{} %</source>
        <translation>{} %</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message numerus="yes">
        <location filename="../../restorer/ui/desk.py" line="115"/>
        <source>; only {} of %Ln action(s) can be read</source>
        <translation>
            <numerusform>；只能读出 {} 步操作，共 %Ln 步</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../restorer/ui/desk.py" line="232"/>
        <source>The network is the same, and so is the quality of what it restores.</source>
        <translation>所用网络相同，修复质量不变。</translation>
    </message>
</context>
<context>
    <name>Divider</name>
    <message>
        <location filename="../../restorer/ui/canvas/divider.py" line="57"/>
        <source>Divider: original above, restored below</source>
        <translation>分隔线：上方为原图，下方为修复后</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/canvas/divider.py" line="58"/>
        <source>Original above, restored below. Drag it, or press ↑ and ↓.</source>
        <translation>上方为原图，下方为修复后。可拖动，或按 ↑ 和 ↓。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/canvas/divider.py" line="60"/>
        <source>Divider: original on the left, restored on the right</source>
        <translation>分隔线：左侧原图，右侧修复后</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/canvas/divider.py" line="61"/>
        <source>Original on the left, restored on the right. Drag it, or press ← and →.</source>
        <translation>左侧原图，右侧修复后。拖动，或按 ← 和 →。</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <location filename="../../restorer/ui/editor.py" line="284"/>
        <source>There is nothing to take from: the source lies beyond the picture.</source>
        <translation>无处可取：仿制源在图片之外。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/editor.py" line="312"/>
        <source>The mask marks what was marked already.</source>
        <translation>该蒙版标记的地方都已标记。</translation>
    </message>
</context>
<context>
    <name>EncodingFields</name>
    <message>
        <location filename="../../restorer/ui/dialogs/export_encoding.py" line="47"/>
        <location filename="../../restorer/ui/dialogs/export_encoding.py" line="55"/>
        <source>JPEG quality</source>
        <translation>JPEG 质量</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_encoding.py" line="48"/>
        <source>100 keeps the most; about 90 looks the same to the eye.</source>
        <translation>100 保留最多；约 90 时肉眼看不出差别。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_encoding.py" line="57"/>
        <location filename="../../restorer/ui/dialogs/export_encoding.py" line="58"/>
        <source>Size of the file</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_encoding.py" line="60"/>
        <source>As in the picture</source>
        <translation>与图片相同</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_encoding.py" line="60"/>
        <source>sRGB, for screens and the web</source>
        <translation>sRGB，用于屏幕和网页</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_encoding.py" line="62"/>
        <location filename="../../restorer/ui/dialogs/export_encoding.py" line="65"/>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_encoding.py" line="100"/>
        <source>being worked out…</source>
        <translation>正在计算…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_encoding.py" line="117"/>
        <source>about {}</source>
        <translation>约 {}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="85"/>
        <source>Export the restored picture</source>
        <translation>导出修复后的图片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="105"/>
        <source>What is lost</source>
        <translation>会丢失的内容</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="117"/>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="177"/>
        <source>restored</source>
        <translation>修复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="180"/>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="322"/>
        <source>Choose another folder</source>
        <translation>选择其他文件夹</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="186"/>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="187"/>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="188"/>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="196"/>
        <source>Note the repair in the file&apos;s history (XMP)</source>
        <translation>在文件的历史（XMP）中注明修复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="198"/>
        <source>Says in the file that parts of it were restored by a trained network, and when.</source>
        <translation>在文件中注明哪些部分由训练过的网络修复，以及修复时间。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="200"/>
        <source>Write the mask beside it</source>
        <translation>同时写出蒙版</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="201"/>
        <source>A PNG in which white is what was to be restored.</source>
        <translation>一个 PNG 文件，白色表示需要修复之处。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="202"/>
        <source>Write a record beside it</source>
        <translation>同时写出记录</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="204"/>
        <source>A JSON file with what was done, by which network, and hashes: enough to do it again.</source>
        <translation>一个 JSON 文件，记录所做的修复、所用网络和哈希值：足以重做一遍。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="206"/>
        <source>Leave out where it was taken (GPS)</source>
        <translation>去除拍摄地点（GPS）</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="208"/>
        <source>Removes the place from Exif and XMP; everything else that the file says of itself stays.</source>
        <translation>从 Exif 和 XMP 中去除地点；文件中的其他信息全部保留。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="221"/>
        <source>Done by</source>
        <translation>操作者</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="222"/>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="224"/>
        <source>if it is to be noted</source>
        <translation>需要注明时填写</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="284"/>
        <source>The JPEG&apos;s own blocks are kept, so there is no quality to choose.</source>
        <translation>保留 JPEG 原有的数据块，因此无需选择质量。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_dialog.py" line="290"/>
        <source>Nothing is lost by this format.</source>
        <translation>此格式不会丢失任何内容。</translation>
    </message>
</context>
<context>
    <name>ExportViews</name>
    <message>
        <location filename="../../restorer/ui/dialogs/export_views.py" line="67"/>
        <source>Before</source>
        <translation>修复前</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_views.py" line="67"/>
        <source>After</source>
        <translation>修复后</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_views.py" line="132"/>
        <source>Comparing with the original…</source>
        <translation>正在与原图比较…</translation>
    </message>
    <message numerus="yes">
        <location filename="../../restorer/ui/dialogs/export_views.py" line="134"/>
        <source>%Ln pixel(s) changed, {} outside the mask.</source>
        <translation>
            <numerusform>更改了 %Ln 个像素，其中蒙版以外 {} 个。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../restorer/ui/dialogs/export_views.py" line="139"/>
        <source>In the JPEG&apos;s blocks at the rim of the mask up to %Ln more pixel(s) may change a little; they are counted in the file, before it takes its name.</source>
        <translation>
            <numerusform>在蒙版边缘处的 JPEG 块中，最多还有 %Ln 个像素可能略有变化；文件定名之前会在文件中计数。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_views.py" line="144"/>
        <source>That is before the JPEG is made, which changes every pixel a little.</source>
        <translation>这是生成 JPEG 之前的情况；生成 JPEG 会使每个像素略有变化。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_views.py" line="77"/>
        <source>What has changed</source>
        <translation>更改内容</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_views.py" line="137"/>
        <source>The file is read back and compared again before it takes its name.</source>
        <translation>文件写入后会读回并再次比较，然后才使用其名称。</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <location filename="../../restorer/ui/exporting.py" line="156"/>
        <source>The picture is too large for the clipboard: export it instead.</source>
        <translation>图片太大，无法放入剪贴板：请改用导出。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/exporting.py" line="184"/>
        <source>The picture is on the clipboard; some marks in it have not been restored yet.</source>
        <translation>图片已复制到剪贴板；其中有些标记尚未修复。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/exporting.py" line="186"/>
        <source>The restored picture is on the clipboard.</source>
        <translation>修复后的图片已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>Fault</name>
    <message>
        <location filename="../../restorer/ui/app.py" line="108"/>
        <source>The program made a mistake ({}). Your original is unharmed: export what you have, and start again.</source>
        <translation>程序出错（{}）。原图未受影响：请导出现有结果，然后重新启动。</translation>
    </message>
</context>
<context>
    <name>FileList</name>
    <message>
        <location filename="../../restorer/ui/batch/file_list.py" line="24"/>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/file_list.py" line="25"/>
        <location filename="../../restorer/ui/batch/file_list.py" line="32"/>
        <source>Drop scans or their folder here</source>
        <translation>将扫描件或其文件夹拖到此处</translation>
    </message>
</context>
<context>
    <name>FilesSide</name>
    <message>
        <location filename="../../restorer/ui/batch/files_side.py" line="59"/>
        <source>Add pictures…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/files_side.py" line="61"/>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/files_side.py" line="63"/>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/files_side.py" line="64"/>
        <source>Take the chosen pictures from the list; the files stay. Key: Del</source>
        <translation>把选中的图片从列表中移除，文件本身不变。快捷键：Del</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/files_side.py" line="75"/>
        <source>How many pictures</source>
        <translation>图片数量</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/files_side.py" line="114"/>
        <source>Pictures: {}</source>
        <translation>图片：{}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/files_side.py" line="127"/>
        <source>Add pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/files_side.py" line="129"/>
        <source>Pictures ({})</source>
        <translation>图片 ({})</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/files_side.py" line="129"/>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/files_side.py" line="133"/>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <location filename="../../restorer/ui/finding.py" line="135"/>
        <source>What was found is shown still, as you corrected it.</source>
        <translation>查找结果仍在显示，您的更正已保留。</translation>
    </message>
</context>
<context>
    <name>FindingPanel</name>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="49"/>
        <source>Damage that was found</source>
        <translation>找到的损伤</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="60"/>
        <source>Mark it</source>
        <translation>标记</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="65"/>
        <source>Next</source>
        <translation>下一处</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="46"/>
        <source>Find damage</source>
        <translation>查找损伤</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="54"/>
        <source>Only what I click</source>
        <translation>仅选择我单击的</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="55"/>
        <source>Nothing is chosen at first; a click on a place of damage chooses it</source>
        <translation>开始时什么都不选；单击一处损伤即选中它</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="62"/>
        <source>What is found becomes ordinary marks, which can be edited. Key: {}</source>
        <translation>找到的损伤会成为可编辑的普通标记。快捷键：{}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="67"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="85"/>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="86"/>
        <source>Nothing is marked. Key: {}</source>
        <translation>不作任何标记。快捷键：{}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="91"/>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="98"/>
        <source>Infrared scan</source>
        <translation>红外扫描</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="92"/>
        <source>Film scanners see dust and scratches in infrared; only these are found then</source>
        <translation>胶片扫描仪用红外线看出灰尘和划痕；这时只查找这两种损伤</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="120"/>
        <source>A file of its own…</source>
        <translation>单独的文件…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="125"/>
        <source>None: look at the picture</source>
        <translation>不使用：从图片中查找</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="128"/>
        <source>Extra channel</source>
        <translation>附加通道</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="128"/>
        <source>Page {}</source>
        <translation>第 {} 页</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="135"/>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="140"/>
        <source>Sensitivity</source>
        <translation>灵敏度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="136"/>
        <source>Left: only what is certain. Right: whatever may be damage.</source>
        <translation>左：仅确定的损伤。右：一切可能的损伤。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="146"/>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="164"/>
        <source>{} %</source>
        <translation>{} %</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="151"/>
        <source>Scratches</source>
        <translation>划痕</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="151"/>
        <source>Dust, hairs</source>
        <translation>灰尘、毛发</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="151"/>
        <source>Cracks, folds</source>
        <translation>裂纹、折痕</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="152"/>
        <source>Stains</source>
        <translation>污渍</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="176"/>
        <source>Infrared does not show it: look at the picture as well</source>
        <translation>红外线显示不出这种损伤：请同时从图片中查找</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="188"/>
        <source>Looking for damage…</source>
        <translation>正在查找损伤…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="190"/>
        <source>One moment…</source>
        <translation>请稍候…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="192"/>
        <source>Nothing is chosen: click a place of damage to choose it.</source>
        <translation>尚未选择：单击一处损伤即选中它。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/finding_panel.py" line="194"/>
        <source>Nothing is found: raise the sensitivity, or switch on more kinds.</source>
        <translation>没有找到损伤：请提高灵敏度，或选择更多种类。</translation>
    </message>
    <message numerus="yes">
        <location filename="../../restorer/ui/panels/finding_panel.py" line="197"/>
        <source>%Ln place(s) · {} % of the picture. Click one to leave it out.</source>
        <translation>
            <numerusform>共 %Ln 处 · 占图片的 {} %。单击一处可将其排除。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Foot</name>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="31"/>
        <source>How much is done</source>
        <translation>完成进度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="33"/>
        <source>How it goes</source>
        <translation>进行情况</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="40"/>
        <location filename="../../restorer/ui/batch/foot.py" line="65"/>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="41"/>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="42"/>
        <source>Leave out the chosen pictures, or the one that is being restored</source>
        <translation>跳过选中的图片，或正在修复的那一张</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="43"/>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="44"/>
        <source>What is finished stays; the batch can go on later</source>
        <translation>已完成的结果会保留；以后可以继续</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="45"/>
        <source>New batch</source>
        <translation>新建批处理</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="46"/>
        <source>Other settings</source>
        <translation>更改设置</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="47"/>
        <source>The same pictures once more; what to look for can be changed</source>
        <translation>对同样的图片重新设置，可以更改要查找的内容</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="48"/>
        <location filename="../../restorer/ui/batch/foot.py" line="58"/>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="61"/>
        <source>Looking at the files…</source>
        <translation>正在查看文件…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="65"/>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="71"/>
        <source>{} of {} done</source>
        <translation>已完成 {} / {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="74"/>
        <source>stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="76"/>
        <source>paused; what has been begun is finished</source>
        <translation>已暂停；已开始的会做完</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="84"/>
        <source>Try the rest again</source>
        <translation>重试其余图片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="92"/>
        <source>less than a minute left</source>
        <translation>剩余不到一分钟</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="95"/>
        <source>about {} min left</source>
        <translation>剩余约 {} 分钟</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="96"/>
        <source>about {} h left</source>
        <translation>剩余约 {} 小时</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="102"/>
        <source>{} restored</source>
        <translation>已修复 {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="106"/>
        <source>{} to look at, as much was marked</source>
        <translation>{} 个请查看：标记很多</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="108"/>
        <source>{} copied, as nothing was to be restored</source>
        <translation>无需修复、原样复制 {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="110"/>
        <source>{} failed</source>
        <translation>失败 {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="112"/>
        <source>{} skipped</source>
        <translation>跳过 {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/foot.py" line="114"/>
        <source>{} rejected</source>
        <translation>拒绝 {}</translation>
    </message>
</context>
<context>
    <name>Healing</name>
    <message>
        <location filename="../../restorer/ui/healing.py" line="125"/>
        <source>Cancelled. What was marked is still marked.</source>
        <translation>已取消。标记仍然保留。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/healing.py" line="201"/>
        <source>The picture changed meanwhile: restoring once more.</source>
        <translation>图片在此期间有变化：正在重新修复。</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <location filename="../../restorer/ui/dialogs/help_dialog.py" line="35"/>
        <source>Help and keys</source>
        <translation>帮助与快捷键</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/help_dialog.py" line="42"/>
        <location filename="../../restorer/ui/dialogs/help_dialog.py" line="49"/>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/help_dialog.py" line="54"/>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/help_dialog.py" line="82"/>
        <source>hold {}</source>
        <translation>按住 {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/help_dialog.py" line="87"/>
        <source>See the original</source>
        <translation>查看原图</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/help_dialog.py" line="88"/>
        <source>Move the picture</source>
        <translation>移动图片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/help_dialog.py" line="88"/>
        <source>Space or middle button, and drag</source>
        <translation>按住空格或中键拖动</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/help_dialog.py" line="89"/>
        <source>Zoom to the pointer</source>
        <translation>以指针为中心缩放</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/help_dialog.py" line="89"/>
        <source>wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/help_dialog.py" line="90"/>
        <source>Size of the brush</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/help_dialog.py" line="90"/>
        <source>Shift and wheel</source>
        <translation>Shift 加滚轮</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <location filename="../../restorer/ui/hints.py" line="44"/>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="46"/>
        <source>Try again, or open another photograph.</source>
        <translation>请重试，或打开另一张照片。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="48"/>
        <source>Open a photograph, drop one here, or try a sample.</source>
        <translation>打开一张照片、拖放到此处，或试试示例。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="72"/>
        <source>Drag to move the picture. The wheel zooms.</source>
        <translation>拖动以移动图片，滚轮缩放。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="88"/>
        <source>Paint over the damage: it is restored when you let go.</source>
        <translation>涂抹损伤处：松开后即修复。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="51"/>
        <source>Arrows move the pointer, Space presses. {}</source>
        <translation>方向键移动指针，空格键按下。{}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="61"/>
        <source>Click a place (or {}, then {}) to choose it or leave it out. {} marks what is chosen, {} cancels.</source>
        <translation>单击一处（或按 {} 再按 {}）可选中或排除它。按 {} 标记选中的各处，按 {} 取消。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="69"/>
        <source>Drag a handle, or press arrows (Ctrl: its end), to adjust it. {} keeps it as it is, {} deletes it.</source>
        <translation>拖动手柄或按方向键（Ctrl：末端）进行调整，按 {} 保留，按 {} 删除。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="74"/>
        <source>Drag over marks to take them away. {} goes back to the brush.</source>
        <translation>在标记上拖动以擦除。按 {} 回到画笔。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="80"/>
        <source>Damage is being looked for; you can go on painting. {} gives the search up.</source>
        <translation>正在查找损伤，您可以继续涂抹。按 {} 放弃查找。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="84"/>
        <source>{} restores what is marked. Paint to mark more, {} to erase.</source>
        <translation>按 {} 修复标记处。涂抹可继续标记，按 {} 擦除。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="89"/>
        <source>Paint over the damage, then press {}.</source>
        <translation>涂抹损伤处，然后按 {}。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="93"/>
        <source>Alt and a click (or {}) choose where the pixels come from.</source>
        <translation>按住 Alt 单击（或按 {}）选择像素的来源。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="97"/>
        <source>Paint: texture comes from the circle, colours fit the rim. Alt and a click choose anew.</source>
        <translation>涂画：纹理取自圆圈处，颜色与边缘匹配。按住 Alt 单击可重新选择。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="98"/>
        <source>Paint: pixels come from the circle. Alt and a click choose another place.</source>
        <translation>涂画：像素取自圆圈处。按住 Alt 单击可另选一处。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="102"/>
        <source>Drag from end to end, or click both ends. Alt takes marks away.</source>
        <translation>从一端拖到另一端，或单击两端。按住 Alt 去除标记。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="103"/>
        <source>Click one end of the scratch, then the other: the line follows it.</source>
        <translation>单击划痕的一端，再单击另一端：线条会沿着它走。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="104"/>
        <source>Draw around the damage. Alt takes marks away.</source>
        <translation>圈出损伤。按住 Alt 去除标记。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="105"/>
        <source>Click corner after corner around the damage. Alt takes marks away.</source>
        <translation>围绕损伤逐个单击角点。按住 Alt 去除标记。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="106"/>
        <source>Drag from corner to corner; Shift makes a square, Alt takes marks away.</source>
        <translation>从一角拖到对角；按住 Shift 为正方形，按住 Alt 去除标记。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="107"/>
        <source>Drag from corner to corner; Shift makes a circle, Alt takes marks away.</source>
        <translation>从一角拖到对角；按住 Shift 为圆形，按住 Alt 去除标记。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="108"/>
        <source>Click damage: what looks like it is marked. Alt takes marks away.</source>
        <translation>单击损伤：与它相似的部分会被标记。按住 Alt 去除标记。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="113"/>
        <source>Click the next corner. {} closes, {} takes a corner back, Esc gives up.</source>
        <translation>单击下一个角点。按 {} 闭合，按 {} 撤回一个角点，按 Esc 放弃。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="117"/>
        <source>The other end. Shift keeps the line at steps of 15°, Esc gives up.</source>
        <translation>单击另一端。按住 Shift 以 15° 为步长，Esc 放弃。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="119"/>
        <source>The other end. Esc gives up.</source>
        <translation>单击另一端。Esc 放弃。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="120"/>
        <source>Let go to mark it. Esc gives up.</source>
        <translation>松开即可标记。Esc 放弃。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="125"/>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="127"/>
        <source>Looking for damage…</source>
        <translation>正在查找损伤…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="129"/>
        <source>Asking what the repair rests on…</source>
        <translation>正在分析修复的依据…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="132"/>
        <source>Restoring, {} more waiting</source>
        <translation>正在修复，还有 {} 处等待</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/hints.py" line="132"/>
        <source>Restoring…</source>
        <translation>正在修复…</translation>
    </message>
</context>
<context>
    <name>HistogramPanel</name>
    <message>
        <location filename="../../restorer/ui/panels/histogram_panel.py" line="140"/>
        <source>{} to {} used</source>
        <translation>使用了 {} 到 {}</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <location filename="../../restorer/ui/panels/history_panel.py" line="92"/>
        <source>What is restored is listed here; each repair can be taken back on its own.</source>
        <translation>修复的内容会列在这里；每处修复都可以单独撤回。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/history_panel.py" line="96"/>
        <source>Repairs</source>
        <translation>修复记录</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/history_panel.py" line="202"/>
        <source>{} × {} px</source>
        <translation>{} × {} 像素</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/history_panel.py" line="206"/>
        <source>What it was made from has changed</source>
        <translation>其来源已改变</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/history_panel.py" line="210"/>
        <source>Repair {}</source>
        <translation>修复 {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/history_panel.py" line="218"/>
        <source>cloned by hand</source>
        <translation>手工仿制</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/history_panel.py" line="218"/>
        <source>healed by hand</source>
        <translation>手工修补</translation>
    </message>
</context>
<context>
    <name>InfoPanel</name>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="34"/>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="35"/>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="36"/>
        <source>Depth</source>
        <translation>位深</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="37"/>
        <source>Profile</source>
        <translation>颜色配置文件</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="38"/>
        <source>Print</source>
        <translation>打印尺寸</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="39"/>
        <source>Metadata</source>
        <translation>元数据</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="40"/>
        <source>Turned</source>
        <translation>方向</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="52"/>
        <source>{} × {} px</source>
        <translation>{} × {} 像素</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="55"/>
        <source>page {} of {}</source>
        <translation>第 {} 页，共 {} 页</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="58"/>
        <source>{} bit · {} · {}</source>
        <translation>{} 位 · {} · {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="71"/>
        <location filename="../../restorer/ui/panels/info_panel.py" line="106"/>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="77"/>
        <source>as the file says</source>
        <translation>与文件所示相同</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="77"/>
        <source>by 180°</source>
        <translation>旋转 180°</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="77"/>
        <source>flipped horizontally</source>
        <translation>水平翻转</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="78"/>
        <source>to the right, then flipped</source>
        <translation>向右旋转后左右翻转</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="78"/>
        <source>to the right</source>
        <translation>向右旋转</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="78"/>
        <source>flipped vertically</source>
        <translation>垂直翻转</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="79"/>
        <source>to the left, then flipped</source>
        <translation>向左旋转后左右翻转</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="79"/>
        <source>to the left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="86"/>
        <source>CMYK</source>
        <translation>CMYK</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="86"/>
        <source>CMYK with alpha</source>
        <translation>CMYK 加透明度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="88"/>
        <source>grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="88"/>
        <source>grey with alpha</source>
        <translation>灰度带透明</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="88"/>
        <source>RGB</source>
        <translation>RGB</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="88"/>
        <source>RGB with alpha</source>
        <translation>RGB 带透明</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="96"/>
        <source>no size given</source>
        <translation>未给出尺寸</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="99"/>
        <source>{:.1f} × {:.1f} cm</source>
        <translation>{:.1f} × {:.1f} 厘米</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="106"/>
        <source>none (shown as sRGB)</source>
        <translation>无（按 sRGB 显示）</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/info_panel.py" line="107"/>
        <source>embedded</source>
        <translation>内嵌</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="53"/>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="47"/>
        <source>Search for a command or its keys</source>
        <translation>搜索命令或快捷键</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="43"/>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="201"/>
        <source>Keyboard shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="48"/>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="53"/>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="56"/>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="69"/>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="209"/>
        <source>Reset all</source>
        <translation>全部恢复默认</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="82"/>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="159"/>
        <source>Assign</source>
        <translation>指定</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="84"/>
        <source>Default</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="143"/>
        <source>New keys</source>
        <translation>新快捷键</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="171"/>
        <source>Press the new keys, or take the old ones away with “Remove”.</source>
        <translation>请按新的快捷键；要去除原有的，请点“去除”。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="173"/>
        <source>Press the new keys.</source>
        <translation>请按新的快捷键。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="202"/>
        <source>Give all commands the keys of a new installation? Those that you chose are lost.</source>
        <translation>要将所有命令恢复为新安装时的快捷键吗？您所设的快捷键将会丢失。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="85"/>
        <source>The keys that this command has in a new installation</source>
        <translation>此命令在新安装时的快捷键</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="123"/>
        <source>Changed by you</source>
        <translation>已由您更改</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="145"/>
        <source>New keys for “{}”</source>
        <translation>“{}”的新快捷键</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="159"/>
        <source>Remove</source>
        <translation>去除</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="162"/>
        <source>No command is called so, or has such keys.</source>
        <translation>没有这样的命令或快捷键。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="164"/>
        <source>{} is needed on the picture itself: press other keys.</source>
        <translation>{} 在图片上另有用途：请按其他按键。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="167"/>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="193"/>
        <source>{} already belongs to “{}”: press other keys, or change those first.</source>
        <translation>{} 已属于“{}”：请按其他键，或先更改那一个。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/keys_dialog.py" line="175"/>
        <source>These keys are free.</source>
        <translation>此快捷键可用。</translation>
    </message>
</context>
<context>
    <name>LastBatch</name>
    <message>
        <location filename="../../restorer/ui/batch/last_batch.py" line="34"/>
        <source>Go on with it</source>
        <translation>继续</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/last_batch.py" line="34"/>
        <source>Forget it</source>
        <translation>不再提示</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/last_batch.py" line="44"/>
        <source>The last batch was not finished. Pictures: {}</source>
        <translation>上次的批处理尚未完成。图片数：{}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/last_batch.py" line="69"/>
        <source>Stop the batch?</source>
        <translation>停止批处理？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/last_batch.py" line="70"/>
        <source>A batch is running.</source>
        <translation>批处理正在运行。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/last_batch.py" line="71"/>
        <source>What is finished stays, and the batch can go on later.</source>
        <translation>已完成的结果会保留，以后可以继续。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/last_batch.py" line="72"/>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/last_batch.py" line="74"/>
        <source>Let it run</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/last_batch.py" line="80"/>
        <source>Replace results?</source>
        <translation>替换已有结果？</translation>
    </message>
    <message numerus="yes">
        <location filename="../../restorer/ui/batch/last_batch.py" line="81"/>
        <source>%Ln result(s) there were made with other settings.</source>
        <translation>
            <numerusform>文件夹中有 %Ln 个结果是用其他设置生成的。</numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/last_batch.py" line="82"/>
        <source>They can be made anew, or you choose another folder for the results.</source>
        <translation>可以重新生成这些结果，也可以为结果选择另一个文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/last_batch.py" line="83"/>
        <source>Make them anew</source>
        <translation>重新生成</translation>
    </message>
</context>
<context>
    <name>Loupe</name>
    <message>
        <location filename="../../restorer/ui/canvas/panes.py" line="70"/>
        <source>Loupe: original and restored</source>
        <translation>放大镜：原图与修复后</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <location filename="../../restorer/ui/main_window.py" line="114"/>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/main_window.py" line="114"/>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/main_window.py" line="268"/>
        <source>There is no picture on the clipboard: copy one first, then paste it here.</source>
        <translation>剪贴板上没有图片：请先复制一张，再粘贴到这里。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/main_window.py" line="392"/>
        <source>The report is written to {}.</source>
        <translation>报告已写入 {}。</translation>
    </message>
</context>
<context>
    <name>MedicalBar</name>
    <message>
        <location filename="../../restorer/ui/medical.py" line="44"/>
        <source>Not for diagnosis</source>
        <translation>不得用于诊断</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/medical.py" line="46"/>
        <source>As in the file</source>
        <translation>恢复文件设定</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/medical.py" line="47"/>
        <source>Show the values that the file itself wants to be seen</source>
        <translation>按文件自身的设定显示</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/medical.py" line="52"/>
        <source>Level</source>
        <translation>窗位</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/medical.py" line="52"/>
        <source>Width</source>
        <translation>窗宽</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/medical.py" line="56"/>
        <source>Or drag with the right button: up is brighter, to the right is softer</source>
        <translation>也可按住右键拖动：向上变亮，向右变柔和</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <location filename="../../restorer/ui/menus.py" line="40"/>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/menus.py" line="42"/>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/menus.py" line="51"/>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/menus.py" line="63"/>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/menus.py" line="72"/>
        <source>&amp;Restore</source>
        <translation>修复(&amp;R)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/menus.py" line="79"/>
        <source>Net&amp;work</source>
        <translation>网络(&amp;W)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/menus.py" line="83"/>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/menus.py" line="91"/>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/menus.py" line="94"/>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/menus.py" line="108"/>
        <source>Forget these files</source>
        <translation>清除记录</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/menus.py" line="111"/>
        <location filename="../../restorer/ui/menus.py" line="115"/>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/menus.py" line="111"/>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/menus.py" line="111"/>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>NavigatorView</name>
    <message>
        <location filename="../../restorer/ui/canvas/panes.py" line="121"/>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/canvas/panes.py" line="122"/>
        <source>A click moves the picture there.</source>
        <translation>单击可将图片移到该处。</translation>
    </message>
</context>
<context>
    <name>Networks</name>
    <message>
        <location filename="../../restorer/ui/sentences.py" line="40"/>
        <source>Copying from this picture</source>
        <translation>从本图复制</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <location filename="../../restorer/ui/notices.py" line="31"/>
        <location filename="../../restorer/ui/notices.py" line="32"/>
        <source>Close this notice</source>
        <translation>关闭此提示</translation>
    </message>
</context>
<context>
    <name>OpeningPage</name>
    <message>
        <location filename="../../restorer/ui/pages.py" line="74"/>
        <source>Reading the file</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/pages.py" line="75"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/pages.py" line="76"/>
        <source>Do not wait for this file</source>
        <translation>不再等待此文件</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/pages.py" line="87"/>
        <source>Opening {}…</source>
        <translation>正在打开 {}…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/pages.py" line="88"/>
        <source>The file is only read, never written to.</source>
        <translation>只读取该文件，绝不改写。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/pages.py" line="94"/>
        <source>{} megapixels, {} GB of memory</source>
        <translation>{} 百万像素，需要 {} GB 内存</translation>
    </message>
</context>
<context>
    <name>OrderForm</name>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="92"/>
        <source>Where the damage is</source>
        <translation>损伤在哪里</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="94"/>
        <source>Masks of the same names</source>
        <translation>同名的蒙版</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="95"/>
        <source>Find it</source>
        <translation>自动查找</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="96"/>
        <source>Frames of a film: find dust</source>
        <translation>电影胶片的各帧：查找灰尘</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="99"/>
        <source>Pictures in a folder, named as these; what is white in them is restored</source>
        <translation>文件夹中与图片同名的蒙版；其中的白色部分将被修复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="101"/>
        <source>Scratches, dust, cracks and stains are looked for in each picture</source>
        <translation>在每张图片中查找划痕、灰尘、裂纹和污渍</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="103"/>
        <source>What stands in one frame only is dust, and is filled from its neighbours</source>
        <translation>只在一帧中出现的就是灰尘，用相邻的帧来填补</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="106"/>
        <source>Folder of the masks</source>
        <translation>蒙版文件夹</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="107"/>
        <source>One mask for all frames, as of a hair in the gate</source>
        <translation>所有帧共用的蒙版，例如片窗上的毛发</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="109"/>
        <source>One mask for all frames, as of a hair in the gate (may stay empty)</source>
        <translation>所有帧共用的蒙版，例如片窗上的毛发（可以留空）</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="111"/>
        <source>Folder of the frames&apos; own masks</source>
        <translation>各帧自己的蒙版所在文件夹</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="112"/>
        <source>Masks of the frames&apos; names (may stay empty)</source>
        <translation>与帧同名的蒙版（可留空）</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="115"/>
        <source>Without an infrared scan</source>
        <translation>不使用红外扫描</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="116"/>
        <source>Infrared in the extra channel of TIFFs</source>
        <translation>TIFF 附加通道中的红外扫描</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="117"/>
        <location filename="../../restorer/ui/batch/order_form.py" line="213"/>
        <source>Infrared on page {} of TIFFs</source>
        <translation>TIFF 第 {} 页上的红外扫描</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="120"/>
        <source>Infrared scan</source>
        <translation>红外扫描</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="121"/>
        <source>Film scanners see dust and scratches in infrared; only these are found then</source>
        <translation>胶片扫描仪用红外线看出灰尘和划痕；这时只查找这两种损伤</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="144"/>
        <source>What is written</source>
        <translation>写入的内容</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="145"/>
        <source>Folder for the results</source>
        <translation>结果文件夹</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="149"/>
        <source>As the originals</source>
        <translation>与原图相同</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="150"/>
        <location filename="../../restorer/ui/batch/order_form.py" line="176"/>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="151"/>
        <source>Other formats too</source>
        <translation>其他格式也转换</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="154"/>
        <source>Made anew: copies to pass on, every pixel of which may change a little. JPEGs keep their own blocks.</source>
        <translation>重新编码：用于分发的副本，每个像素都可能略有变化。JPEG 保留自身的数据块。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="160"/>
        <location filename="../../restorer/ui/batch/order_form.py" line="181"/>
        <source>JPEG quality</source>
        <translation>JPEG 质量</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="162"/>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="163"/>
        <location filename="../../restorer/ui/batch/order_form.py" line="176"/>
        <source>Grain</source>
        <translation>颗粒</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="165"/>
        <source>How much of the grain around it a new repair gets, so that it does not show as a smooth place.</source>
        <translation>新修复会获得多少周围的颗粒，以免显得过于平滑。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="176"/>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="183"/>
        <source>Also a record of what was done (JSON)</source>
        <translation>同时写入修复记录（JSON）</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="184"/>
        <source>Also the mask that was used (PNG)</source>
        <translation>同时写入所用的蒙版（PNG）</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="185"/>
        <source>Replace files that are there</source>
        <translation>替换已有的文件</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="186"/>
        <source>Leave out where they were taken (GPS)</source>
        <translation>去除拍摄地点（GPS）</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="202"/>
        <source>What is missing</source>
        <translation>还缺什么</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="256"/>
        <source>The networks are still being loaded.</source>
        <translation>网络仍在加载。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="258"/>
        <source>The weights that find damage are not installed.</source>
        <translation>没有安装查找损伤的权重。</translation>
    </message>
</context>
<context>
    <name>OriginalView</name>
    <message>
        <location filename="../../restorer/ui/canvas/panes.py" line="35"/>
        <source>The original</source>
        <translation>原图</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/canvas/panes.py" line="36"/>
        <source>Moves together with the restored picture beside it.</source>
        <translation>与旁边修复后的图片一起移动。</translation>
    </message>
</context>
<context>
    <name>Output</name>
    <message>
        <location filename="../../restorer/ui/output.py" line="128"/>
        <source>The export was cancelled: {} is as it was.</source>
        <translation>导出已取消：{} 保持原样。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/output.py" line="155"/>
        <source>Mask written to {}.</source>
        <translation>蒙版已写入 {}。</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <location filename="../../restorer/ui/dialogs/palette.py" line="53"/>
        <location filename="../../restorer/ui/dialogs/palette.py" line="58"/>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/palette.py" line="57"/>
        <source>What do you want to do?</source>
        <translation>您想做什么？</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/palette.py" line="62"/>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/palette.py" line="68"/>
        <source>No command is called that.</source>
        <translation>没有这样的命令。</translation>
    </message>
</context>
<context>
    <name>PathField</name>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="52"/>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/order_form.py" line="53"/>
        <source>{}: choose</source>
        <translation>{}：选择</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <location filename="../../restorer/ui/reading.py" line="76"/>
        <source>Pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
</context>
<context>
    <name>Resting</name>
    <message>
        <location filename="../../restorer/ui/resting.py" line="109"/>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/resting.py" line="138"/>
        <source>This was done by hand: no network says how sure it is.</source>
        <translation>这是手工完成的：没有网络能说明把握有多大。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/resting.py" line="160"/>
        <source>These are copied pixels: no network says how sure it is of them.</source>
        <translation>这些是复制的像素：没有网络能说明把握有多大。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/resting.py" line="165"/>
        <source>As good as certain: expected to be off by 2 % at most</source>
        <translation>几乎可以确定：预计误差不超过 2 %</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/resting.py" line="166"/>
        <source>Likely: by 2 to 6 %</source>
        <translation>很可能：2 % 至 6 %</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/resting.py" line="167"/>
        <source>A guess: by more than 6 %</source>
        <translation>推测：超过 6 %</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/resting.py" line="178"/>
        <source>The repair</source>
        <translation>修复处</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/resting.py" line="179"/>
        <source>It drew on this</source>
        <translation>取自此处</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/resting.py" line="180"/>
        <source>It drew on this most: without it, it would look another way</source>
        <translation>主要取自此处：没有它，结果会不同</translation>
    </message>
</context>
<context>
    <name>RestoredView</name>
    <message>
        <location filename="../../restorer/ui/dialogs/export_views.py" line="47"/>
        <source>The restored picture</source>
        <translation>修复后的图片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/export_views.py" line="48"/>
        <source>Moves together with the original beside it.</source>
        <translation>与旁边的原图一同移动。</translation>
    </message>
</context>
<context>
    <name>ReviewPane</name>
    <message>
        <location filename="../../restorer/ui/batch/review_pane.py" line="97"/>
        <source>What was done</source>
        <translation>处理结果</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/review_pane.py" line="114"/>
        <source>Blink between before and after</source>
        <translation>修复前后交替闪现</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/review_pane.py" line="116"/>
        <source>Next place that has changed</source>
        <translation>下一处改动</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/review_pane.py" line="118"/>
        <source>Fit into the window</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/review_pane.py" line="120"/>
        <source>Actual size, 100 %</source>
        <translation>实际大小，100 %</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/review_pane.py" line="104"/>
        <source>Previous</source>
        <translation>上一张</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/review_pane.py" line="106"/>
        <source>Next</source>
        <translation>下一张</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/review_pane.py" line="129"/>
        <source>Open in the editor</source>
        <translation>在编辑器中打开</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/review_pane.py" line="130"/>
        <source>Reject</source>
        <translation>退回</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/review_pane.py" line="131"/>
        <source>Put the result aside; the original stays as it is. Key: R</source>
        <translation>把结果移到一旁，原图保持不变。快捷键：R</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/review_pane.py" line="132"/>
        <source>Accept</source>
        <translation>通过</translation>
    </message>
    <message numerus="yes">
        <location filename="../../restorer/ui/batch/review_pane.py" line="184"/>
        <source>%Ln pixel(s) changed, {} outside the mask.</source>
        <translation>
            <numerusform>改动了 %Ln 个像素，其中 {} 个在蒙版之外。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <location filename="../../restorer/ui/batch/review_pane.py" line="35"/>
        <source>Before and after</source>
        <translation>修复前后</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/review_pane.py" line="36"/>
        <source>The original left of the divider, the restored picture right of it.</source>
        <translation>分隔线左侧为原图，右侧为修复后的图片。</translation>
    </message>
</context>
<context>
    <name>Rows</name>
    <message>
        <location filename="../../restorer/ui/batch/rows.py" line="134"/>
        <source>Accepted</source>
        <translation>已通过</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/rows.py" line="136"/>
        <source>Rejected, put aside</source>
        <translation>已退回，移到一旁</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/rows.py" line="138"/>
        <source>Is being skipped…</source>
        <translation>正在跳过…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/rows.py" line="140"/>
        <source>Waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/rows.py" line="141"/>
        <source>Is being read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/rows.py" line="142"/>
        <source>Is being restored, {} %</source>
        <translation>正在修复，{} %</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/rows.py" line="143"/>
        <source>Is being written…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/rows.py" line="144"/>
        <source>Nothing to restore: copied</source>
        <translation>无需修复：已复制</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/rows.py" line="145"/>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/rows.py" line="146"/>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/rows.py" line="151"/>
        <source>Restored: much was marked, look at it</source>
        <translation>已修复：标记较多，请检查</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/batch/rows.py" line="153"/>
        <source>Restored in an earlier run</source>
        <translation>上次已修复</translation>
    </message>
    <message numerus="yes">
        <location filename="../../restorer/ui/batch/rows.py" line="154"/>
        <source>Restored: %Ln pixel(s) changed</source>
        <translation>
            <numerusform>已修复：改动了 %Ln 个像素</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <location filename="../../restorer/ui/saving.py" line="68"/>
        <source>The project is saved in {}.</source>
        <translation>项目已保存到 {}。</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="8"/>
        <source>There is no file “{}”: check its name and folder.</source>
        <translation>没有文件“{}”：请检查名称和文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="9"/>
        <source>“{}” is a folder: choose a picture in it.</source>
        <translation>“{}”是文件夹：请选择其中的图片。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="10"/>
        <source>“{}” is empty: copy or scan it again.</source>
        <translation>“{}”是空文件：请重新复制或扫描。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="11"/>
        <source>“{}” may not be read: ask its owner for permission, or copy it.</source>
        <translation>没有权限读取“{}”：请向其所有者申请权限，或复制一份。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="12"/>
        <source>“{}” cannot be read ({}): check the disk it is on.</source>
        <translation>无法读取“{}”（{}）：请检查它所在的磁盘。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="13"/>
        <source>“{}” is damaged or incomplete ({}): copy or scan it again.</source>
        <translation>“{}”已损坏或不完整（{}）：请重新复制或扫描。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="14"/>
        <source>“{}” is no picture that can be opened: choose a PNG, TIFF, JPEG, JPEG 2000, JPEG XL, WebP, AVIF, BMP, GIF or PNM file.</source>
        <translation>“{}”不是可以打开的图片：请选择 PNG、TIFF、JPEG、JPEG 2000、JPEG XL、WebP、AVIF、BMP、GIF 或 PNM 文件。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="19"/>
        <source>“{}” has {} × {} pixels; {} megapixels at most can be opened: cut it into parts.</source>
        <translation>“{}”有 {} × {} 像素；最多能打开 {} 百万像素：请将它分割成几部分。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="20"/>
        <source>“{}” has {} × {} pixels and needs {} of memory, but only {} are free: close other programs, or use a computer with more memory.</source>
        <translation>“{}”有 {} × {} 像素，需要 {} 内存，但只有 {} 可用：请关闭其他程序，或换用内存更大的电脑。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="25"/>
        <source>There is not enough memory to open “{}”: close other programs, or open it on a computer with more memory.</source>
        <translation>内存不足，无法打开“{}”：请关闭其他程序，或换用内存更大的电脑。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="29"/>
        <source>The mask “{}” has {} × {} pixels, the picture {} × {}: use a mask of the picture&apos;s size.</source>
        <translation>蒙版“{}”为 {} × {} 像素，图片为 {} × {}：请使用与图片同样大小的蒙版。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="32"/>
        <source>The mask is empty: mark what is to be restored (white, in a mask file).</source>
        <translation>蒙版是空的：请标记要修复的地方（蒙版文件中为白色）。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="33"/>
        <source>The mask covers the whole picture: leave some of it unmarked to restore from.</source>
        <translation>蒙版覆盖了整张图片：请留出一部分不标记，供修复时参考。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="8"/>
        <source>{} is the original: choose another name, it is never overwritten.</source>
        <translation>{} 是原图：请另取名称，原图永远不会被覆盖。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="9"/>
        <source>There is no folder {}: make it first, or choose another one.</source>
        <translation>没有文件夹 {}：请先创建，或另选一个。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="10"/>
        <source>{} cannot be written as a {}: choose one of {}.</source>
        <translation>{} 不能写成 {} 格式：请选择 {} 之一。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="34"/>
        <source>“{}” cannot be saved: the disk is full. Free some space or choose another folder.</source>
        <translation>无法保存“{}”：磁盘已满。请腾出空间或另选文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="35"/>
        <source>“{}” cannot be saved: writing there is not permitted. Choose another folder or change the permissions.</source>
        <translation>无法保存“{}”：没有写入权限。请另选文件夹或更改权限。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="39"/>
        <source>“{}” cannot be saved: the disk is read-only. Choose another folder.</source>
        <translation>无法保存“{}”：磁盘是只读的。请另选文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="40"/>
        <source>“{}” cannot be saved: its folder does not exist. Create the folder or choose another one.</source>
        <translation>无法保存“{}”：文件夹不存在。请创建文件夹或另选一个。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="43"/>
        <source>There is not enough memory to save “{}”: close other programs.</source>
        <translation>内存不足，无法保存“{}”：请关闭其他程序。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="44"/>
        <source>“{}” cannot be saved in that format: end its name with {}.</source>
        <translation>“{}”不能保存为该格式：请以 {} 结尾命名。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="45"/>
        <source>There is not enough memory for this: close other programs, and try again.</source>
        <translation>内存不足：请关闭其他程序后再试。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="8"/>
        <source>There is no model {}: choose one of {}, or name a .safetensors file with its card.</source>
        <translation>没有模型 {}：请选择 {} 之一，或指定带说明卡的 .safetensors 文件。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="11"/>
        <source>The weights {} are damaged (their sha256 is not the card&apos;s): {}.</source>
        <translation>权重 {} 已损坏（其 sha256 与说明卡不符）：请重新安装（{}）。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="46"/>
        <source>The weights {} cannot be read ({}): {}.</source>
        <translation>无法读取权重 {}（{}）：请重新安装（{}）。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="47"/>
        <source>Torch cannot be loaded ({}): install Restorer again.</source>
        <translation>无法加载 Torch（{}）：请重新安装 Restorer。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="48"/>
        <source>The program made a mistake ({}); your picture is as it was.</source>
        <translation>程序出错（{}）；您的图片没有变化。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="50"/>
        <source>The picture on the clipboard cannot be kept in the temporary folder: free some space there, and see that it may be written to.</source>
        <translation>剪贴板上的图片无法存入临时文件夹：请在那里腾出空间，并确认可以写入。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="55"/>
        <source>“{}” is a pipe or a device: choose a file, or save what it gives as one.</source>
        <translation>“{}”是管道或设备：请选择文件，或将其内容存为文件。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="11"/>
        <source>{} cannot be written ({}): choose another name or folder.</source>
        <translation>无法写入 {}（{}）：请换一个名称或文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="12"/>
        <source>{} cannot be written to: choose another folder or change its permissions.</source>
        <translation>无法写入 {}：请另选文件夹或更改其权限。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="13"/>
        <source>{} was not saved: {} pixels outside the mask would have changed. This is a fault of the program; please report it.</source>
        <translation>{} 未保存：蒙版之外将有 {} 个像素改变。这是程序的错误，请报告。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="18"/>
        <source>{} was not saved: it came out as {} {}. Try another format.</source>
        <translation>{} 未保存：写出的结果是 {} {}。请尝试其他格式。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="19"/>
        <source>The network answered outside of what was marked: nothing was changed; please report it.</source>
        <translation>网络的结果超出了标记范围：什么都没有改变；请报告此问题。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="22"/>
        <source>The picture changed while it was being restored: restore once more.</source>
        <translation>修复期间图片已改变：请再修复一次。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="56"/>
        <source>“{}” cannot be saved: your quota on this disk is used up. Free some space or choose another folder.</source>
        <translation>无法保存“{}”：您在此磁盘上的配额已用完。请腾出空间或另选文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="60"/>
        <source>“{}” cannot be saved: the file is too large for this disk. Choose another folder.</source>
        <translation>无法保存“{}”：文件对此磁盘来说太大。请另选文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="61"/>
        <source>“{}” cannot be saved: a folder has that name. Choose another name.</source>
        <translation>无法保存“{}”：已有同名文件夹。请另取名称。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="62"/>
        <source>“{}” cannot be saved: the name is too long. Choose a shorter one.</source>
        <translation>无法保存“{}”：名称太长。请取短一些的名称。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="63"/>
        <source>“{}” cannot be saved: its link points to itself. Choose another name.</source>
        <translation>无法保存“{}”：链接指向自身。请另取名称。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="64"/>
        <source>“{}” cannot be saved: the disk reported a fault. Choose another disk, and check this one.</source>
        <translation>无法保存“{}”：磁盘报告故障。请另选磁盘，并检查此磁盘。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="67"/>
        <source>“{}” cannot be saved: the system says “{}”. Try another folder.</source>
        <translation>无法保存“{}”：系统提示“{}”。请尝试其他文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="68"/>
        <source>A PNG side can have 1,000,000 pixels at most: save the picture as TIFF.</source>
        <translation>PNG 的边长最多 1,000,000 像素：请将图片存为 TIFF。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="69"/>
        <source>The colour palette is opened as 8-bit RGB, and saved as that.</source>
        <translation>调色板图片按 8 位 RGB 打开，也按此保存。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="70"/>
        <source>The colour palette is opened as 8-bit RGB or grey, and saved as that.</source>
        <translation>调色板图片按 8 位 RGB 或灰度打开，也按此保存。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="71"/>
        <source>The {}-bit grey levels are opened as 8 bit, and saved as that.</source>
        <translation>{} 位灰度按 8 位打开，也按此保存。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="72"/>
        <source>The transparent colour is opened as an alpha channel, and saved as that.</source>
        <translation>透明色按 Alpha 通道打开，也按此保存。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="73"/>
        <source>Only the first picture of the animation is opened.</source>
        <translation>只打开动画的第一张图片。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="74"/>
        <source>The further pictures of the animation are left out.</source>
        <translation>动画的其余图片将被略去。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="75"/>
        <source>The finest details are missing in the file (progressive JPEG without its last scans).</source>
        <translation>文件缺少最精细的细节（渐进式 JPEG 缺少最后几次扫描）。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="78"/>
        <source>The PNG chunk {} is left out: it belongs to the stored kind of pixels.</source>
        <translation>PNG 数据块 {} 将被略去：它属于原来的像素类型。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="79"/>
        <source>The PNG chunk {} is left out: it would no longer be true for changed pixels.</source>
        <translation>PNG 数据块 {} 将被略去：像素改变后它不再成立。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="80"/>
        <source>The {} compression is replaced by Deflate, which loses nothing more.</source>
        <translation>{} 压缩将改为 Deflate，不会再有损失。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="81"/>
        <source>The colour planes, stored one after another, are stored together.</source>
        <translation>分开存放的颜色平面将合并存放。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="82"/>
        <source>Only page 1 of {} is saved.</source>
        <translation>只保存第 1 页，共 {} 页。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="83"/>
        <source>Reduced copies and previews are left out: they would still show the damage.</source>
        <translation>缩小的副本和预览将被略去：它们仍会显示损伤。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="84"/>
        <source>Photoshop&apos;s layers are left out: they would hide the restored picture.</source>
        <translation>Photoshop 的图层将被略去：它们会遮住修复后的图片。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="85"/>
        <source>PNG knows no premultiplied alpha: see-through parts will look darker than in the TIFF.</source>
        <translation>PNG 不支持预乘 Alpha：透明部分会比 TIFF 中暗。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="88"/>
        <source>The extra channel is no transparency in the TIFF, but PNG shows it as that.</source>
        <translation>TIFF 中的附加通道不是透明度，但 PNG 会将其显示为透明度。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="89"/>
        <source>{} cannot hold {}.</source>
        <translation>{} 无法保存{}。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="90"/>
        <source>“{}” {}, and open that.</source>
        <translation>“{}”{}，然后打开它。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="23"/>
        <source>That repair is not in the picture any more: choose another one.</source>
        <translation>该修复已不在图片中：请选择另一个。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="24"/>
        <source>{} is read as well: choose another name for what is written.</source>
        <translation>{} 也要被读取：请为写入的文件另选名称。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="25"/>
        <source>{} exists: choose another name, or allow it to be replaced (--overwrite).</source>
        <translation>{} 已存在：请另选名称，或允许替换 (--overwrite)。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="26"/>
        <source>{} was not saved: what was written cannot be read back. Check the disk, or choose another format.</source>
        <translation>{} 未保存：写出的内容无法读回。请检查磁盘，或选择其他格式。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="29"/>
        <source>{} was not saved: only {} of {} pixels came out. Try another format.</source>
        <translation>{} 未能保存：只写出 {} 个像素（共 {} 个）。请尝试其他格式。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="30"/>
        <source>The kept work on “{}” is gone ({}).</source>
        <translation>“{}”的自动保存内容已不存在（{}）。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="31"/>
        <source>The kept work of {} is damaged and cannot be read: open the picture again. Its file stays as {}.</source>
        <translation>{} 的自动保存内容已损坏，无法读取：请重新打开图片。其文件保留为 {}。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="34"/>
        <source>The kept work on “{}” is damaged, and cannot be copied before it is mended: {}.</source>
        <translation>“{}”的自动保存内容已损坏，且无法在修补前先备份：{}。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="35"/>
        <source>{} of {} actions on “{}” could be read: look them over; all is kept as {}.</source>
        <translation>只读出 {} 步操作（共 {} 步，“{}”）：请检查一遍；全部内容保留为 {}。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="36"/>
        <source>Another window has taken up the work on “{}”: go on there.</source>
        <translation>另一个窗口正在处理“{}”：请在那里继续。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="37"/>
        <source>The kept work on “{}” is damaged from its beginning: open the picture again.</source>
        <translation>“{}”的自动保存内容从开头就已损坏：请重新打开图片。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="38"/>
        <source>“{}” is another picture than the one that was worked on: choose that.</source>
        <translation>“{}”不是之前处理的那张图片：请选择原来那张。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="39"/>
        <source>“{}” is no name for a project: end it with {}.</source>
        <translation>“{}”不能作为项目名称：请以 {} 结尾。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="40"/>
        <source>“{}” is the original: choose another name, it is never overwritten.</source>
        <translation>“{}”是原图：请另选名称，原图绝不会被覆盖。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="41"/>
        <source>The project “{}” cannot be read ({}): check the disk it is on.</source>
        <translation>无法读取项目“{}”（{}）：请检查所在的磁盘。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="42"/>
        <source>There is not enough memory to open “{}”: close other programs.</source>
        <translation>内存不足，无法打开“{}”：请关闭其他程序。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="43"/>
        <source>The project “{}” is damaged: open a copy of it, or begin again.</source>
        <translation>项目“{}”已损坏：请打开它的副本，或重新开始。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="44"/>
        <source>“{}” was saved by a newer program ({}): open it with that, or install the newer version.</source>
        <translation>“{}”由较新的程序保存（{}）：请用该程序打开，或安装新版本。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="47"/>
        <source>“{}” does not fit on the disk beside the program&apos;s files: free some space.</source>
        <translation>“{}”在程序文件所在的磁盘上放不下：请释放一些空间。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="48"/>
        <source>{} cannot be made ({}): check its permissions.</source>
        <translation>无法创建 {}（{}）：请检查权限。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="49"/>
        <source>“{}” cannot be read ({}): check its name and folder.</source>
        <translation>无法读取“{}”（{}）：请检查名称和文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="50"/>
        <source>“{}” has been changed on the disk since it was opened: save your work, and open it again.</source>
        <translation>“{}”在打开之后已在磁盘上被更改：请保存您的工作，然后重新打开。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="53"/>
        <source>“{}” is not there any more, and its hash is not known yet: put it back where it was.</source>
        <translation>“{}”已不在原处，而其散列值尚未算出：请把它放回原处。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="62"/>
        <source>The picture&apos;s XMP data cannot be read, so what was done is not noted in it.</source>
        <translation>无法读取图片的 XMP 数据，因此未在其中记录所做的处理。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="91"/>
        <source>“{}” cannot be saved: a file of that name has come up meanwhile. Choose another name.</source>
        <translation>无法保存“{}”：其间出现了同名文件。请换一个名称。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="56"/>
        <source>“{}” is not the file any more that this work belongs to: find that file, and choose it.</source>
        <translation>“{}”已不是此工作所属的文件：请找到原来的文件并选择它。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="59"/>
        <source>The original “{}” is not there: put it beside this file, or choose where it is.</source>
        <translation>找不到原图“{}”：请将它放在此文件旁边，或选择它的位置。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="60"/>
        <source>Your work is not being kept against a crash: {}.</source>
        <translation>当前未能自动保存，一旦崩溃会丢失修改：{}。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="12"/>
        <source>There is no device {}: choose one of {}.</source>
        <translation>没有设备 {}：请选择 {} 之一。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="13"/>
        <source>CUDA is not available here: choose the device cpu, or install a CUDA build of torch and a driver.</source>
        <translation>此处无法使用 CUDA：请选择设备 cpu，或安装 CUDA 版 torch 和驱动程序。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="8"/>
        <source>holds a colour palette. Convert it to RGB in the program that made it</source>
        <translation>使用调色板。请在制作它的程序中转换为 RGB</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="9"/>
        <source>is a transparency mask. Convert it to 8-bit grey</source>
        <translation>是透明度蒙版。请转换为 8 位灰度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="10"/>
        <source>holds CMYK inks. Convert it to RGB in the program that made it</source>
        <translation>使用 CMYK 油墨。请在制作它的程序中转换为 RGB</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="11"/>
        <source>holds Lab colours. Convert it to RGB in the program that made it</source>
        <translation>使用 Lab 颜色。请在制作它的程序中转换为 RGB</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="12"/>
        <source>is a camera&apos;s raw file (DNG). Develop it and export a 16-bit TIFF</source>
        <translation>是相机原始文件（DNG）。请冲洗后导出 16 位 TIFF</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="13"/>
        <source>is a camera&apos;s raw file. Develop it and export a 16-bit TIFF</source>
        <translation>是相机原始文件。请冲洗后导出 16 位 TIFF</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="14"/>
        <source>has only black and white (1 bit). Convert it to 8-bit grey</source>
        <translation>只有黑白（1 位）。请转换为 8 位灰度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="15"/>
        <source>holds floating-point values. Save it as 16-bit TIFF in the program that made it</source>
        <translation>使用浮点数值。请在制作它的程序中存为 16 位 TIFF</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="16"/>
        <source>has unsupported {}-bit values. Save it as 8 or 16-bit TIFF</source>
        <translation>使用不支持的 {} 位数值。请存为 8 位或 16 位 TIFF</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="17"/>
        <source>has signed {}-bit values. Save it as 16-bit TIFF of values from 0 to 65535</source>
        <translation>使用有符号的 {} 位数值。请存为 0 至 65535 的 16 位 TIFF</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="18"/>
        <source>is compressed in a way that is not supported. Save it with LZW or Deflate (ZIP) compression</source>
        <translation>的压缩方式不受支持。请用 LZW 或 Deflate（ZIP）压缩保存</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="21"/>
        <source>has an unusual number of channels. Save it as grey or RGB</source>
        <translation>的通道数不常见。请存为灰度或 RGB</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="22"/>
        <source>uses a predictor that is not supported. Save it with LZW or Deflate (ZIP) compression</source>
        <translation>使用不支持的预测器。请用 LZW 或 Deflate（ZIP）压缩保存</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="25"/>
        <source>is an uncommon kind of JPEG (lossless, arithmetic or 12 bit). Save it as PNG or TIFF</source>
        <translation>是少见的 JPEG（无损、算术编码或 12 位）。请存为 PNG 或 TIFF</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="28"/>
        <source>is a GIF. Save it as PNG</source>
        <translation>是 GIF。请存为 PNG</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="29"/>
        <source>is a Photoshop document. Save it as TIFF without layers</source>
        <translation>是 Photoshop 文档。请存为不带图层的 TIFF</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="30"/>
        <source>is a PDF. Export its pictures as TIFF or PNG</source>
        <translation>是 PDF。请将其中的图片导出为 TIFF 或 PNG</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="31"/>
        <source>is an OpenEXR file. Save it as 16-bit TIFF</source>
        <translation>是 OpenEXR 文件。请存为 16 位 TIFF</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="32"/>
        <source>is a JPEG XL. Save it as PNG or TIFF</source>
        <translation>是 JPEG XL。请存为 PNG 或 TIFF</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="33"/>
        <source>is a JPEG 2000. Save it as PNG or TIFF</source>
        <translation>是 JPEG 2000。请存为 PNG 或 TIFF</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="34"/>
        <source>is an AVIF. Save it as PNG</source>
        <translation>是 AVIF。请存为 PNG</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="35"/>
        <source>is a HEIC. Save it as JPEG, PNG or TIFF</source>
        <translation>是 HEIC。请存为 JPEG、PNG 或 TIFF</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="36"/>
        <source>the file is cut short</source>
        <translation>文件被截断</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="37"/>
        <source>its header is damaged</source>
        <translation>文件头已损坏</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="38"/>
        <source>part of the picture is missing</source>
        <translation>图片缺了一部分</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="39"/>
        <source>its frame header is damaged</source>
        <translation>帧头已损坏</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="40"/>
        <source>it holds no picture</source>
        <translation>其中没有图片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="41"/>
        <source>a scan&apos;s header is damaged</source>
        <translation>扫描头已损坏</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="42"/>
        <source>a checksum is wrong</source>
        <translation>校验和不符</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="43"/>
        <source>strips are missing</source>
        <translation>缺少条带</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="44"/>
        <source>the file is too short for its size</source>
        <translation>文件比应有的短</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="45"/>
        <source>a strip is damaged or cut short</source>
        <translation>条带已损坏或被截断</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="46"/>
        <source>a tile is damaged or cut short</source>
        <translation>图块已损坏或被截断</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="47"/>
        <source>no TIFF structure</source>
        <translation>没有 TIFF 结构</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="48"/>
        <source>a directory lies outside the file</source>
        <translation>目录位于文件之外</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="49"/>
        <source>a directory is cut short</source>
        <translation>目录被截断</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="50"/>
        <source>a directory has no entries, or too many</source>
        <translation>目录没有条目或条目过多</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="51"/>
        <source>a Huffman table is missing</source>
        <translation>缺少哈夫曼表</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="52"/>
        <source>a JPEG tile is cut short</source>
        <translation>一个 JPEG 图块不完整</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="53"/>
        <source>a tile is damaged</source>
        <translation>一个图块已损坏</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="54"/>
        <source>a value is higher than its header allows</source>
        <translation>有数值超出文件头允许的范围</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="55"/>
        <source>it is an uncommon kind of JPEG</source>
        <translation>这是一种少见的 JPEG</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="56"/>
        <source>it would need other Huffman tables</source>
        <translation>需要其他哈夫曼表</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="57"/>
        <source>its Huffman table is damaged</source>
        <translation>其哈夫曼表已损坏</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="58"/>
        <source>its JPEG tables cannot be copied</source>
        <translation>其 JPEG 表无法复制</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="59"/>
        <source>its codestream is damaged</source>
        <translation>其码流已损坏</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="60"/>
        <source>its directories are tangled</source>
        <translation>其目录结构混乱</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="61"/>
        <source>its pixels lie outside the file</source>
        <translation>其像素数据位于文件之外</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="62"/>
        <source>its quantisation table is damaged</source>
        <translation>其量化表已损坏</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="63"/>
        <source>its quantisation table is missing</source>
        <translation>缺少量化表</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="64"/>
        <source>its quantisation tables change within the picture</source>
        <translation>其量化表在图片中途改变</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="65"/>
        <source>its sampling is uncommon</source>
        <translation>其采样方式少见</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="66"/>
        <source>its size is missing</source>
        <translation>缺少尺寸</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="67"/>
        <source>its strips have no lengths</source>
        <translation>其条带没有长度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="68"/>
        <source>its strips lie over each other</source>
        <translation>其条带相互重叠</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="69"/>
        <source>its tables moved</source>
        <translation>其表的位置已改变</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="70"/>
        <source>its tiles are too large</source>
        <translation>其图块过大</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="71"/>
        <source>its tiles cut through blocks</source>
        <translation>其图块边界切断了数据块</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="72"/>
        <source>its values are damaged</source>
        <translation>其数值已损坏</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="73"/>
        <source>part of the picture is missing or damaged</source>
        <translation>图片的一部分缺失或已损坏</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="74"/>
        <source>the places of its parts are damaged</source>
        <translation>其各部分的位置信息已损坏</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="75"/>
        <source>the strip was cut into several</source>
        <translation>条带被切成了几段</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="76"/>
        <source>it has no pages</source>
        <translation>其中没有页面</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="77"/>
        <source>its pages go round in a circle</source>
        <translation>其页面循环引用</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="78"/>
        <source>the gamma value</source>
        <translation>伽马值</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="79"/>
        <source>the primary colours</source>
        <translation>原色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="80"/>
        <source>the sRGB mark</source>
        <translation>sRGB 标记</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="81"/>
        <source>the colour code</source>
        <translation>颜色代码</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="82"/>
        <source>the mastering display</source>
        <translation>母版显示器</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="83"/>
        <source>the light levels</source>
        <translation>亮度级别</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="84"/>
        <source>the IPTC data</source>
        <translation>IPTC 数据</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="85"/>
        <source>Photoshop&apos;s settings</source>
        <translation>Photoshop 设置</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="86"/>
        <source>the TIFF tag {}</source>
        <translation>TIFF 标签 {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="87"/>
        <source>the TIFF tags {}</source>
        <translation>TIFF 标签 {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="88"/>
        <source>the small preview in the Exif data</source>
        <translation>Exif 数据中的小预览图</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="89"/>
        <source>a damaged colour profile</source>
        <translation>已损坏的颜色配置文件</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="90"/>
        <source>the note “{}”</source>
        <translation>附注“{}”</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="91"/>
        <source>the PNG chunk {}</source>
        <translation>PNG 数据块 {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="92"/>
        <source>the comment</source>
        <translation>注释</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="93"/>
        <source>the second part of a long XMP packet</source>
        <translation>长 XMP 数据包的第二部分</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="94"/>
        <source>the further pictures in the file (MPF)</source>
        <translation>文件中的其余图片（MPF）</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="95"/>
        <source>the content credentials (C2PA)</source>
        <translation>内容凭证（C2PA）</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="96"/>
        <source>the segment {}</source>
        <translation>数据段 {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="97"/>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="98"/>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="99"/>
        <source>No such file or directory</source>
        <translation>没有该文件或文件夹</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="100"/>
        <source>Read-only file system</source>
        <translation>文件系统只读</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="101"/>
        <source>Input/output error</source>
        <translation>输入/输出错误</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="102"/>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="103"/>
        <source>there is not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/details.py" line="104"/>
        <source>a fault of the program ({}). Save a project now, and report this</source>
        <translation>程序出错（{}）。请立即保存项目，并报告此问题</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="49"/>
        <source>Page 1 of {} is opened.</source>
        <translation>打开的是第 1 页，共 {} 页。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="16"/>
        <source>No graphics card with a working driver was found: the CPU is used, which takes longer.</source>
        <translation>没有找到驱动正常的显卡：改用处理器，需要更长时间。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="19"/>
        <source>The graphics card has too little memory for this: the CPU is used, which takes longer.</source>
        <translation>显存不足：改用处理器，需要更长时间。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="22"/>
        <source>The graphics card failed ({}): the CPU is used, which takes longer.</source>
        <translation>显卡出错（{}）：改用处理器，需要更长时间。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="23"/>
        <source>CUDA cannot be used ({}): choose the device cpu, or see to its driver.</source>
        <translation>无法使用 CUDA（{}）：请选择 cpu 设备，或检查显卡驱动。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="61"/>
        <source>“{}” was changed while it was being read: open it again.</source>
        <translation>“{}”在读取期间被更改：请重新打开。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="63"/>
        <source>{} cannot be written ({}): choose another name.</source>
        <translation>无法写入 {}（{}）：请换一个名称。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="64"/>
        <source>“{}” changed while it was being copied: save once more.</source>
        <translation>“{}”在复制期间发生了更改：请再保存一次。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="65"/>
        <source>“{}” is too large for a manifest: choose the file beside the export.</source>
        <translation>“{}”太大，不可能是清单文件：请选择导出文件旁的那个文件。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="66"/>
        <source>The manifest “{}” cannot be read ({}): check its name.</source>
        <translation>无法读取清单“{}”（{}）：请检查其名称。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="67"/>
        <source>“{}” is no manifest of an export: choose the .restorer.json beside it.</source>
        <translation>“{}”不是导出的清单：请选择导出文件旁的 .restorer.json。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="68"/>
        <source>“{}” was written by a newer program: install the newer version.</source>
        <translation>“{}”由更新的程序写成：请安装新版本。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="69"/>
        <source>The manifest is damaged: use the one that was written beside the export.</source>
        <translation>清单已损坏：请使用导出时写在旁边的那一份。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="70"/>
        <source>“{}” is not the file that the manifest was made of: choose the original as it was.</source>
        <translation>“{}”不是该清单所依据的文件：请选择当时的原件。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="24"/>
        <source>An image of {} {} cannot be filled: give uint8 or uint16, H×W or H×W×3 or H×W×4.</source>
        <translation>{} {} 的图像无法填充：请给出 uint8 或 uint16 的 H×W、H×W×3 或 H×W×4。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="25"/>
        <source>The mask is {}: give bool, True where the picture is to be restored.</source>
        <translation>蒙版的类型是 {}：请给出布尔值，True 表示需要修复之处。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="26"/>
        <source>{} does not find damage: choose a detector, such as {}.</source>
        <translation>{} 不能查找损伤：请选择检测器，例如 {}。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="27"/>
        <source>There is not enough memory to look for damage: close other programs.</source>
        <translation>内存不足，无法查找损伤：请关闭其他程序。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="28"/>
        <source>{} does not fill: choose one of {} as the model.</source>
        <translation>{} 不能用于填充：请从 {} 中选择模型。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="29"/>
        <source>There is not enough memory to restore this at once: mark less of it, or close other programs.</source>
        <translation>内存不足，无法一次修复这么多：请少标记一些，或关闭其他程序。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="32"/>
        <source>{} needs the network {}, which this version lacks: update it.</source>
        <translation>{} 需要此版本所没有的网络 {}：请更新程序。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="94"/>
        <source>The {}-bit values are opened as 16 bit, and saved as that.</source>
        <translation>{} 位的数值按 16 位打开，并按 16 位保存。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="95"/>
        <source>Its colours are not sRGB and it has no ICC profile: they will look different.</source>
        <translation>其颜色不是 sRGB，又没有 ICC 配置文件：显示会有差异。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="96"/>
        <source>Only the main picture of the file is opened.</source>
        <translation>只打开文件中的主图像。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="97"/>
        <source>Its alpha is premultiplied: see-through parts will look darker in other formats.</source>
        <translation>其透明度为预乘式：半透明部分在其他格式中会显得更暗。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="98"/>
        <source>This JPEG stores its colours in an uncommon grid, and cannot be saved as JPEG: end the name with .png, .tif or .tiff.</source>
        <translation>这个 JPEG 的颜色采样方式不常见，无法再存为 JPEG：请让名称以 .png、.tif 或 .tiff 结尾。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="103"/>
        <source>The finest details of this JPEG were never stored, so it cannot be saved as JPEG: choose PNG or TIFF.</source>
        <translation>这个 JPEG 从未存储最细的细节，因此无法再存为 JPEG：请选择 PNG 或 TIFF。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="107"/>
        <source>“{}” cannot be saved as JPEG ({}): choose PNG or TIFF.</source>
        <translation>“{}”无法存为 JPEG（{}）：请选择 PNG 或 TIFF。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="108"/>
        <source>The new description is too long for a JPEG: choose TIFF, or write less into it.</source>
        <translation>新的说明文字对 JPEG 来说太长：请选择 TIFF，或少写一些。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="109"/>
        <source>Its colour profile is packed in the picture and not opened: colours may look different.</source>
        <translation>其颜色配置文件打包在图片中，没有打开：颜色可能有差异。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="112"/>
        <source>Its extra channels, which are no transparency, are left out.</source>
        <translation>其附加通道不是透明度，将被略去。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="113"/>
        <source>Its content credentials (C2PA) are left out.</source>
        <translation>其内容凭证（C2PA）将被略去。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="114"/>
        <source>Pixels that share or border a block of the JPEG with the mask change a little too; they are counted.</source>
        <translation>与蒙版同处一个 JPEG 块或与其相邻的像素也会略有变化，这些像素都已计数。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="118"/>
        <source>The further pictures in the file (MPF) are left out: they show what was before the repair.</source>
        <translation>文件中的其余图片（MPF）将被略去：它们显示的是修复之前的样子。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="121"/>
        <source>What follows the picture in the file, as a film or a preview, is left out.</source>
        <translation>文件中图片之后的内容（例如视频或预览）将被略去。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="122"/>
        <source>A JPEG made anew changes every pixel a little: it is a copy to pass on, and no proof of what stayed.</source>
        <translation>重新生成的 JPEG 会使每个像素略有变化：它是供传递的副本，不能证明哪些内容未变。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="126"/>
        <source>Its colours are rounded to 8 bits a channel.</source>
        <translation>其颜色将舍入为每通道 8 位。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="127"/>
        <source>See-through parts are laid over grey.</source>
        <translation>透明部分将叠加在灰色上。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="128"/>
        <source>Its inks become sRGB.</source>
        <translation>其油墨颜色将转换为 sRGB。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="73"/>
        <source>The JPEG was made anew, which changes every pixel a little, also outside the mask.</source>
        <translation>JPEG 是重新生成的，每个像素（包括蒙版以外）都会略有变化。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="129"/>
        <source>The picture&apos;s colour profile cannot be converted to sRGB: keep it as it is.</source>
        <translation>图片的颜色配置文件无法转换为 sRGB：请保持原样。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="130"/>
        <source>The description is too long for a JPEG: choose TIFF, or write less into it.</source>
        <translation>描述信息过长，JPEG 无法容纳：请选择 TIFF，或减少内容。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="131"/>
        <source>The content credentials (C2PA) stay as they are, and may repeat the place.</source>
        <translation>内容凭证（C2PA）保持原样，其中可能仍含有地点。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="132"/>
        <source>The picture&apos;s XMP data cannot be read and may hold the place, so they are left out.</source>
        <translation>图片的 XMP 数据无法读取，其中可能含有地点，因此不写入。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="135"/>
        <source>The content credentials (C2PA) stay, but no longer match the changed picture.</source>
        <translation>内容凭证（C2PA）会保留，但与更改后的图片不再相符。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="136"/>
        <location filename="../../restorer/ui/templates/files.py" line="140"/>
        <source>DICOM cannot tell how a picture is turned: it stays as it lay, as the patient&apos;s position says.</source>
        <translation>DICOM 无法记录图片的旋转方向：图片保持原样，与患者体位一致。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="139"/>
        <location filename="../../restorer/ui/templates/files.py" line="143"/>
        <source>{} cannot tell how a picture is turned: it stays as it lay. PNG and TIFF can.</source>
        <translation>{} 无法记录图片的旋转方向：图片保持原样。PNG 和 TIFF 可以。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="144"/>
        <source>JPEG 2000 is saved without loss, so the file may become larger than it was.</source>
        <translation>JPEG 2000 以无损方式保存，因此文件可能比原来大。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="145"/>
        <source>Restored pixels are rounded to the {} bits of the file.</source>
        <translation>修复的像素会取整到文件的 {} 位。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="146"/>
        <source>The further pictures in the file are left out.</source>
        <translation>文件中的其余图片将被略去。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="147"/>
        <source>The mask “{}” cannot be saved in that format: end its name with .png.</source>
        <translation>蒙版“{}”无法存为该格式：请让名称以 .png 结尾。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="148"/>
        <source>The part of the program that reads this format does not start: install it again.</source>
        <translation>程序中读取此格式的部分无法启动：请重新安装。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="149"/>
        <source>“{}” takes too long to read, so it is damaged or was made to do harm: copy or scan it again.</source>
        <translation>读取“{}”耗时过长，它可能已损坏，或是恶意文件：请重新复制或扫描。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="152"/>
        <source>“{}” makes its reader fail, so it is damaged or was made to do harm: copy or scan it again.</source>
        <translation>“{}”使读取程序出错，它可能已损坏，或是恶意文件：请重新复制或扫描。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="155"/>
        <source>Restored pixels are rounded to the {} levels of the file.</source>
        <translation>修复的像素会取整到文件的 {} 个灰阶。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="156"/>
        <source>A PAM file with unusual channels cannot be opened: save it as grey or RGB PNG or TIFF.</source>
        <translation>无法打开通道特殊的 PAM 文件：请存为灰度或 RGB 的 PNG 或 TIFF。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="159"/>
        <source>Values from 0 to {} are opened as {} bit, and saved as that.</source>
        <translation>0 到 {} 的数值按 {} 位打开，并按此保存。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="160"/>
        <source>“{}” would change every pixel, as JPEG does with pictures of other formats: end its name with .png, .tif or .tiff.</source>
        <translation>“{}”会改变每一个像素，因为由其他格式转成 JPEG 必然如此：请让名称以 .png、.tif 或 .tiff 结尾。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="165"/>
        <source>“{}” can only be made of a JPEG 2000, of 8 bits a channel or more: end its name with .png, .tif or .tiff.</source>
        <translation>只有每通道 8 位以上的 JPEG 2000 才能存为“{}”：请让名称以 .png、.tif 或 .tiff 结尾。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="169"/>
        <source>“{}” cannot hold CMYK inks, as PNG knows none: end its name with .tif or .tiff.</source>
        <translation>“{}”无法保存 CMYK 油墨，因为 PNG 不支持：请让名称以 .tif 或 .tiff 结尾。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="170"/>
        <source>“{}” cannot hold floating-point pixels, as PNG knows none: end its name with .tif or .tiff.</source>
        <translation>“{}”无法保存浮点像素，因为 PNG 不支持：请让名称以 .tif 或 .tiff 结尾。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="173"/>
        <source>Page {} of {} is opened.</source>
        <translation>打开的是第 {} 页，共 {} 页。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="174"/>
        <source>{} GB cannot be set aside in {} ({}): free some space, or choose another folder for scratch files.</source>
        <translation>无法留出 {} GB 空间于 {}（{}）：请腾出空间，或为临时文件另选文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="178"/>
        <source>“{}” has no extra channel that could be infrared: choose a page, or none.</source>
        <translation>“{}”没有可作红外的附加通道：请选择一页，或不选。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="179"/>
        <source>Page {} of “{}” is no infrared scan of page {}: choose a grey page of the same size.</source>
        <translation>第 {} 页（“{}”）不是第 {} 页的红外扫描：请选择同样大小的灰度页。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="182"/>
        <source>The Group 3 compression is replaced by Group 4, which loses nothing either.</source>
        <translation>Group 3 压缩将改为同样无损的 Group 4。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="183"/>
        <source>Only page {} of {} is saved.</source>
        <translation>只保存第 {} 页，共 {} 页。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="184"/>
        <source>Tag {} is left out: its type is unknown, or its value is not in the file.</source>
        <translation>标签 {} 将被略去：其类型未知，或文件中没有它的值。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="185"/>
        <source>The camera maker&apos;s own notes stay byte for byte, but move in the file: programs may not find all that they point to.</source>
        <translation>相机厂商自己的记录逐字节保留，但在文件中的位置改变：其他程序可能找不到它们指向的全部内容。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="190"/>
        <source>Page {} is damaged or of an old kind, and is left out.</source>
        <translation>第 {} 页已损坏或属于旧式类型，将被略去。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="191"/>
        <source>The extra channels, which are no transparency, are left out.</source>
        <translation>附加通道不是透明度，将被略去。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="192"/>
        <source>“{}” has one page: there is no page {}, choose another one.</source>
        <translation>“{}”只有一页：没有第 {} 页，请另选。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="193"/>
        <source>“{}” has {} pages: there is no page {}, choose another one.</source>
        <translation>“{}”共有 {} 页：没有第 {} 页，请另选。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="194"/>
        <source>“{}” was moved or changed since it was opened, and holds more that has to be copied (other pages or channels): put it back, or open it again.</source>
        <translation>“{}”打开后被移动或更改，而其中还有需要复制的内容（其他页或通道）：请放回原处，或重新打开。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="199"/>
        <source>Its comment is left out.</source>
        <translation>其注释将被略去。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="200"/>
        <source>A BMP that packs a JPEG or PNG cannot be opened: save the picture as PNG, and open that.</source>
        <translation>无法打开内含 JPEG 或 PNG 的 BMP：请存为 PNG 再打开。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="203"/>
        <source>The 5-bit colours are opened as 8 bit, and saved as that.</source>
        <translation>5 位颜色按 8 位打开，并按 8 位保存。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="204"/>
        <source>The mask is {}×{} px, the picture {}×{} px: make a mask of the picture&apos;s size, as it is shown.</source>
        <translation>蒙版为 {}×{} 像素，图片为 {}×{} 像素：请制作与所显示图片同样大小的蒙版。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="222"/>
        <source>“{}” is no picture that can be opened: choose a PNG, TIFF, JPEG, JPEG 2000, JPEG XL, WebP, AVIF, HEIC, BMP, GIF, PNM or DICOM file.</source>
        <translation>“{}”不是可以打开的图片：请选择 PNG、TIFF、JPEG、JPEG 2000、JPEG XL、WebP、AVIF、HEIC、BMP、GIF、PNM 或 DICOM 文件。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="33"/>
        <source>“{}” cannot be the name of weights: use letters, digits, spaces and hyphens.</source>
        <translation>“{}”不能用作权重名称：请使用字母、数字、空格和连字符。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="34"/>
        <source>There are weights of the name “{}” already: choose another name.</source>
        <translation>已经有名为“{}”的权重：请换一个名称。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="35"/>
        <source>The folder {} cannot be made ({}): choose another one.</source>
        <translation>无法创建文件夹 {}（{}）：请另选一个。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="36"/>
        <source>The model {} cannot be adapted: choose one of the networks that restore.</source>
        <translation>无法微调模型 {}：请选择用于修复的网络。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="37"/>
        <source>The weights {} need another name: end it with .safetensors.</source>
        <translation>权重 {} 需要换一个名称：请以 .safetensors 结尾。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="38"/>
        <source>The weights {} cannot be written to {}: choose another folder.</source>
        <translation>无法把权重 {} 写入 {}：请选择其他文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="39"/>
        <source>{} is there already: choose another name.</source>
        <translation>{} 已经存在：请换一个名称。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="40"/>
        <source>There are {} files: {} of them are used.</source>
        <translation>共有 {} 个文件：使用其中 {} 个。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="41"/>
        <source>{} is left out: it shows the same as {}.</source>
        <translation>略去 {}：它与 {} 内容相同。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="42"/>
        <source>It has {} × {} px: take photographs of at least {} px a side.</source>
        <translation>它只有 {} × {} 像素：请选用每边至少 {} 像素的照片。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="43"/>
        <source>There are {} different photographs that can be used: name at least {}, better 20, of the same collection and without damage.</source>
        <translation>可用的不同照片有 {} 张：请选择同一批藏品中没有损伤的照片，至少 {} 张，最好 20 张。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="48"/>
        <source>There is no file and no folder {}: name photographs of your collection.</source>
        <translation>没有文件或文件夹 {}：请选择您藏品中的照片。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="76"/>
        <source>“{}” is no longer where it was, so it cannot go into the project: put it back, then save once more.</source>
        <translation>“{}”已不在原处，因此无法放入项目：请将它放回，然后再保存一次。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="80"/>
        <source>“{}” was changed by another window or program since it was opened or saved here.</source>
        <translation>“{}”自在此打开或保存后，已被其他窗口或程序更改。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="81"/>
        <source>“{}” holds a patient&apos;s data: save the project without it, and keep it beside.</source>
        <translation>“{}”含有患者数据：请在保存项目时不要嵌入它，而是放在旁边。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="207"/>
        <source>Frame {} of {} is opened.</source>
        <translation>打开的是第 {} 帧，共 {} 帧。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="208"/>
        <source>This is a medical picture: what is restored is not for diagnosis.</source>
        <translation>这是医学图像：修复的内容不得用于诊断。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="209"/>
        <source>The file is saved as a new, derived DICOM object that names the original as its source.</source>
        <translation>文件将存为新的派生 DICOM 对象，并注明原件为其来源。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="212"/>
        <source>The compression is left out (Explicit VR Little Endian), which loses nothing more.</source>
        <translation>不再压缩（Explicit VR Little Endian），不会再有损失。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="215"/>
        <source>The digital signature stays, but no longer matches the changed picture.</source>
        <translation>数字签名会保留，但与更改后的图片不再相符。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="216"/>
        <source>“{}” is not any more what was opened, and its other frames are needed: put the original back, and save again.</source>
        <translation>“{}”已不是当时打开的文件，而其他帧仍需要它：请放回原件，再保存一次。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="220"/>
        <source>“{}” has one frame: there is no frame {}, choose another one.</source>
        <translation>“{}”只有一帧：没有第 {} 帧，请另选。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="221"/>
        <source>“{}” has {} frames: there is no frame {}, choose another one.</source>
        <translation>“{}”共有 {} 帧：没有第 {} 帧，请另选。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="227"/>
        <source>“{}” can only be made of a DICOM: end its name with .png, .tif or .tiff.</source>
        <translation>只有 DICOM 才能存为“{}”：请让名称以 .png、.tif 或 .tiff 结尾。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="82"/>
        <source>There is too little around this repair to take grain from: it stays as it is.</source>
        <translation>此修复周围可用的区域太少，无法取得颗粒：保持原样。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="228"/>
        <source>The infrared scan has another size than the picture: choose the one that belongs to it.</source>
        <translation>红外扫描的大小与图片不同：请选择与它对应的红外扫描。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="231"/>
        <source>Infrared is compared in 8 or 16 bits: save the picture and its infrared scan so.</source>
        <translation>红外扫描只能以 8 位或 16 位进行比较：请将图片及其红外扫描保存为 8 位或 16 位。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="232"/>
        <source>“{}” is in colour: choose the grey infrared scan of this picture.</source>
        <translation>“{}”是彩色的：请选择此图片的灰度红外扫描。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="233"/>
        <source>The infrared scan shows the picture itself, as it does of black-and-white film and Kodachrome: look for damage without it.</source>
        <translation>红外扫描中出现了影像本身，黑白胶片和 Kodachrome 反转片即是如此：请不用它来查找损伤。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="49"/>
        <source>There is nothing to copy from around this: mark less of it.</source>
        <translation>周围没有可以复制的内容：请少标记一些。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="238"/>
        <source>The stroke is too long to be healed at once: paint shorter ones.</source>
        <translation>这一笔太长，无法一次修补：请画短一些。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/documents.py" line="83"/>
        <source>{} pixels changed, {} outside the mask.</source>
        <translation>改动了 {} 个像素，其中 {} 个在蒙版之外。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="239"/>
        <source>The mask “{}” holds greys, as a photograph does: what is lighter than middle grey is restored.</source>
        <translation>蒙版“{}”像照片一样含有灰色：比中灰亮的部分将被修复。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="8"/>
        <source>The mask is empty: copied as it was.</source>
        <translation>蒙版是空的：已原样复制。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="9"/>
        <source>Nothing was found: copied as it was.</source>
        <translation>没有发现损伤：已原样复制。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="10"/>
        <source>No dust was found: copied as it was.</source>
        <translation>没有发现灰尘：已原样复制。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/networks.py" line="50"/>
        <source>The weights that find damage are not installed: name a detector&apos;s .safetensors file, or give masks.</source>
        <translation>没有安装查找损伤的权重：请指定检测器的 .safetensors 文件，或提供蒙版。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="11"/>
        <source>Skipped.</source>
        <translation>已跳过。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="13"/>
        <source>The process that worked on it ended without a word, twice: it may need more memory than there is, or be damaged. Open it alone to see.</source>
        <translation>处理它的进程两次意外终止：可能内存不足，或文件已损坏。请单独打开它看看。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="18"/>
        <source>There is not enough memory for it: use fewer workers, or close other programs.</source>
        <translation>内存不足：请减少同时处理的数量，或关闭其他程序。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="19"/>
        <source>A fault of the program ({}): please report it.</source>
        <translation>程序出错（{}）：请报告此问题。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="20"/>
        <source>The system says “{}” of {}: check the name and the disk.</source>
        <translation>系统提示“{}”，涉及 {}：请检查名称和磁盘。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="21"/>
        <source>There is no mask for “{}” in {}: draw one, an empty one to copy it.</source>
        <translation>“{}”在 {} 中没有蒙版：请画一个，要原样复制就用空的蒙版。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="22"/>
        <source>“{}” has several masks ({}): leave one.</source>
        <translation>“{}”有多个蒙版（{}）：请只留一个。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="23"/>
        <source>There is no folder {}: give --masks the folder of the masks.</source>
        <translation>没有文件夹 {}：请选择蒙版所在的文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="242"/>
        <source>There is no mask {}: check its name and folder.</source>
        <translation>没有蒙版 {}：请检查名称和文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="24"/>
        <source>There are no pictures in {}: name others.</source>
        <translation>{} 中没有图片：请选择别的。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="32"/>
        <source>{} is no ending to write: choose one of {}.</source>
        <translation>{} 不是可写的后缀：请从 {} 中选择。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="33"/>
        <source>{} cannot be part of a file&apos;s name: leave out the slash.</source>
        <translation>{} 不能用在文件名中：请去掉斜杠。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="34"/>
        <source>The folder {} cannot be read ({}): check it.</source>
        <translation>无法读取文件夹 {}（{}）：请检查。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="43"/>
        <source>{} is one of the pictures to read: choose another folder for the output.</source>
        <translation>{} 是要读取的图片之一：请为结果选择别的文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="48"/>
        <source>{} is a folder: choose another folder for the output.</source>
        <translation>{} 是文件夹：请为结果选择别的文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="50"/>
        <source>{} exists: move it away, then “{}” can come back.</source>
        <translation>{} 已存在：请先移走它，“{}”才能放回。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="51"/>
        <source>{} is gone: restore the picture again.</source>
        <translation>{} 不见了：请重新修复这张图片。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="54"/>
        <source>“{}” cannot be put aside: {}.</source>
        <translation>“{}”无法移到一旁：{}。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="55"/>
        <source>“{}” cannot be brought back: {}.</source>
        <translation>“{}”无法放回：{}。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="60"/>
        <source>“{}” was not compared with it: it cannot be read, or is of another size or kind.</source>
        <translation>没有与“{}”比较：它无法读取，或大小、类型不同。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="61"/>
        <source>More than one frame has the number {}: name them so that each has its own.</source>
        <translation>有不止一帧的编号是 {}：请改名，使每帧都有自己的编号。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="62"/>
        <source>No two frames beside it that can be read: its dust cannot be looked for. Restore it with --detect or a mask.</source>
        <translation>旁边没有两帧可以读取的画面：无法查找它的灰尘。请用 --detect 或蒙版修复它。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/files.py" line="243"/>
        <source>“{}” is not of its original&apos;s size: restore it again.</source>
        <translation>“{}”与原图的大小不同：请重新修复。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="12"/>
        <source>Not begun: the batch was stopped, and can go on.</source>
        <translation>未开始：批处理已停止，可以继续。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="25"/>
        <source>There are no pictures in {}: give --masks the folder of the masks.</source>
        <translation>{} 中没有图片：请选择存放蒙版的文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="26"/>
        <source>There are only results of earlier batches in {}: name others, or their folder.</source>
        <translation>{} 中只有以前批处理的结果：请选择其他图片，或直接选择结果所在的文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="27"/>
        <source>There are only masks among what is to be restored, such as {}: name others.</source>
        <translation>要修复的文件全是蒙版，例如 {}：请选择其他图片。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="28"/>
        <source>The mask “{}” holds greys, as a photograph does: make it black and white.</source>
        <translation>蒙版“{}”像照片一样含有灰阶：请改为纯黑白。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="29"/>
        <source>{} % of it was marked as damage, the largest piece {} %: look at it before you keep it.</source>
        <translation>其中 {} % 被标记为损伤，最大的一块占 {} %：保留之前请先检查。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="35"/>
        <source>It would have the same name in the output as {}: restore one of them into a folder of its own.</source>
        <translation>它在输出中会与 {} 同名：请把其中一个修复到单独的文件夹中。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="38"/>
        <source>It would have the same name in the output as {}: give the folder that holds them all with --recursive, so that folders are kept, or use two batches.</source>
        <translation>它在输出中会与 {} 同名：请添加包含它们的上级文件夹（命令行用 --recursive）以保留子文件夹，或分两批处理。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="44"/>
        <source>{} is one of the masks to read: choose another folder for the output.</source>
        <translation>{} 是要读取的蒙版之一：请为输出选择另一个文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="45"/>
        <source>{} is no folder: choose another name for the output.</source>
        <translation>{} 不是文件夹：请为输出选择另一个名称。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="46"/>
        <source>No folder can be made in {}: choose another one for the output.</source>
        <translation>无法在 {} 中创建文件夹：请为输出选择另一个位置。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="47"/>
        <source>The name “{}” would be too long for a file: shorten that of the original.</source>
        <translation>名称“{}”作为文件名过长：请缩短原图的名称。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="49"/>
        <source>{} exists: choose another folder, or allow it to be replaced.</source>
        <translation>{} 已存在：请选择另一个文件夹，或允许替换它。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="52"/>
        <source>What was said of the results cannot be read ({}): {}.</source>
        <translation>无法读取对结果的评定（{}）：{}。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="53"/>
        <source>The journal of {} cannot be read: {}.</source>
        <translation>无法读取 {} 的日志：{}。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="56"/>
        <source>Another batch is writing into {}: wait for its end, or choose another folder.</source>
        <translation>另一个批处理正在写入 {}：请等它结束，或选择别的文件夹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="57"/>
        <source>{} cannot be written to: {}.</source>
        <translation>无法写入 {}：{}。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="58"/>
        <source>“{}” has no number: name the frames 1, 2, … in their order.</source>
        <translation>“{}”没有编号：请按顺序将各帧命名为 1、2、…。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="59"/>
        <source>“{}” is {}, the other frames are {}: scan it as the others, or leave it out.</source>
        <translation>“{}”是 {}，其他帧是 {}：请按相同方式扫描，或去掉它。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="66"/>
        <source>No two frames beside it: its dust was not looked for.</source>
        <translation>前后不足两帧：没有查找其中的灰尘。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="67"/>
        <source>More than {} of it stands in no other frame, as at a flash or a cut: none of it was marked.</source>
        <translation>超过 {} 的内容在其他帧中没有，像是闪光或镜头切换处：没有作任何标记。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="70"/>
        <source>The worker {} cannot do it: {}</source>
        <translation>工作进程 {} 无法完成：{}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="71"/>
        <source>The worker {} has {}: install there what is here.</source>
        <translation>工作进程 {} 的版本不同（{}）：请在那里安装与这里相同的版本。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="72"/>
        <source>“{}” changed while it was being copied: try again.</source>
        <translation>“{}”在复制过程中被改动：请重试。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="73"/>
        <source>“{}” is no TIFF and has no infrared scan: look for damage without it.</source>
        <translation>“{}”不是 TIFF，没有红外扫描：请不用红外查找损伤。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="74"/>
        <source>A cluster needs Dask, which is not installed: pip install -c constraints.txt &apos;restorer[cluster]&apos;, here and on each worker.</source>
        <translation>集群需要 Dask，但未安装：请在本机和每个工作机上运行 pip install -c constraints.txt &apos;restorer[cluster]&apos;。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="79"/>
        <source>The scheduler {} does not answer ({}): check its address, or start it with `dask scheduler` and workers with `dask worker ADDRESS`.</source>
        <translation>调度器 {} 没有应答（{}）：请检查地址，或用 `dask scheduler` 启动它，用 `dask worker 地址` 启动工作机。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="84"/>
        <source>The scheduler {} has no workers: start some with `dask worker {}`.</source>
        <translation>调度器 {} 没有工作机：请用 `dask worker {}` 启动。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/templates/batches.py" line="85"/>
        <source>The scheduler is gone: start it again, and go on with --resume.</source>
        <translation>调度器不见了：请重新启动它，然后继续。</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="56"/>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="61"/>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="63"/>
        <source>Restoring</source>
        <translation>修复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="65"/>
        <source>Memory and safety</source>
        <translation>内存与安全</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="89"/>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="93"/>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="89"/>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="89"/>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="92"/>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="97"/>
        <source>Switches off what blinks and what runs along, for eyes that it tires.</source>
        <translation>关闭闪烁和滚动的内容，减轻眼睛疲劳。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="102"/>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="110"/>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="193"/>
        <source>Profile of the screen</source>
        <translation>屏幕颜色配置文件</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="104"/>
        <source>sRGB</source>
        <translation>sRGB</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="105"/>
        <source>Take the screen for an sRGB screen, as most are</source>
        <translation>将屏幕视为 sRGB（大多数屏幕如此）</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="120"/>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="124"/>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="125"/>
        <source>CUDA graphics card</source>
        <translation>CUDA 显卡</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="130"/>
        <source>Compute on</source>
        <translation>计算设备</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="96"/>
        <source>Reduce motion</source>
        <translation>减少动态效果</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="123"/>
        <source>Automatic: the fastest</source>
        <translation>自动：最快的</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="132"/>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="134"/>
        <source>Processor threads</source>
        <translation>处理器线程</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="137"/>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="139"/>
        <source>How much of the grain around it a new repair gets, so that it does not show as a smooth place.</source>
        <translation>新修复会获得多少周围的颗粒，以免显得过于平滑。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="142"/>
        <source>Grain of new repairs</source>
        <translation>新修复的颗粒</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="149"/>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="151"/>
        <source>For undo, at most</source>
        <translation>撤销最多占用</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="152"/>
        <source>Keep the work safe after each step</source>
        <translation>每一步之后自动保存工作</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="154"/>
        <source>After a crash or a power cut it can be gone on with. The original stays as it is.</source>
        <translation>崩溃或断电后可以继续工作。原图保持不变。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="196"/>
        <source>Colour profiles (*.icc *.icm *.ICC *.ICM)</source>
        <translation>颜色配置文件 (*.icc *.icm *.ICC *.ICM)</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="208"/>
        <source>sRGB; choose another…</source>
        <translation>sRGB；选择其他…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/settings_dialog.py" line="211"/>
        <source>not usable</source>
        <translation>无法使用</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <location filename="../../restorer/ui/panels/side_panel.py" line="53"/>
        <source>Restore</source>
        <translation>修复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/side_panel.py" line="54"/>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/side_panel.py" line="64"/>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/side_panel.py" line="65"/>
        <source>Before and after</source>
        <translation>前后对比</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/side_panel.py" line="66"/>
        <source>Marking</source>
        <translation>标记</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/side_panel.py" line="67"/>
        <source>Repairs</source>
        <translation>修复记录</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/side_panel.py" line="68"/>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/side_panel.py" line="69"/>
        <source>Photograph</source>
        <translation>照片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/side_panel.py" line="137"/>
        <source>Heal as you paint</source>
        <translation>边涂边修</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/side_panel.py" line="144"/>
        <source>Restores each stroke as soon as you let go. Key: {}</source>
        <translation>每一笔松开后立即修复。快捷键：{}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/side_panel.py" line="145"/>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="64"/>
        <source>Brings damaged photographs back. Paint over scratches, stains and tears; everything else stays as it is, and nothing leaves this computer.</source>
        <translation>让受损的照片恢复原貌。涂抹划痕、污渍和撕裂处；其余部分保持不变，一切都不离开这台电脑。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="80"/>
        <source>Try it: the damage is marked already</source>
        <translation>试一试：损伤已经标记好</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="119"/>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="120"/>
        <source>Forget these files</source>
        <translation>清除记录</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="130"/>
        <source>Open {}</source>
        <translation>打开 {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="145"/>
        <source>Open a photograph…</source>
        <translation>打开照片…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="150"/>
        <source>Open a photograph</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="155"/>
        <source>Many pictures…</source>
        <translation>批量修复…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="159"/>
        <source>Restore many pictures</source>
        <translation>批量修复图片</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="160"/>
        <source>A folder of scans, or the frames of a film, one after the other</source>
        <translation>一个文件夹的扫描件，或一段电影胶片的各帧，依次修复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="169"/>
        <source>or drop one anywhere in this window, or paste one with {}</source>
        <translation>或拖放到窗口任意处，或按 {} 粘贴</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="184"/>
        <source>Colosseum</source>
        <translation>斗兽场</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="185"/>
        <source>Osprey</source>
        <translation>鱼鹰</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="186"/>
        <source>Tea gardens</source>
        <translation>茶园</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/start_page.py" line="190"/>
        <source>Open the sample {}</source>
        <translation>打开示例 {}</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <location filename="../../restorer/ui/status_bar.py" line="77"/>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/status_bar.py" line="80"/>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/status_bar.py" line="83"/>
        <source>Pixel under the pointer</source>
        <translation>指针处的像素</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/status_bar.py" line="85"/>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/status_bar.py" line="155"/>
        <source>about {} min left</source>
        <translation>剩余约 {} 分钟</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/status_bar.py" line="157"/>
        <source>about {} s left</source>
        <translation>剩余约 {} 秒</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/status_bar.py" line="162"/>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/status_bar.py" line="162"/>
        <source>The network runs on the processor; no graphics card is in use.</source>
        <translation>网络在处理器上运行，没有使用显卡。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/status_bar.py" line="163"/>
        <source>Graphics card</source>
        <translation>显卡</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/status_bar.py" line="163"/>
        <source>The network runs on the graphics card.</source>
        <translation>网络在显卡上运行。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/status_bar.py" line="166"/>
        <source>It is the same network on either, and restores as well; a graphics card is only faster.</source>
        <translation>两者使用同一网络，修复效果一样；显卡只是更快。</translation>
    </message>
</context>
<context>
    <name>ToolsPanel</name>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="54"/>
        <source>Brush size</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="69"/>
        <source>How strongly marks are shown; it changes nothing in the picture.</source>
        <translation>标记显示的浓淡，不会改变图片。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="70"/>
        <source>Visibility of marks</source>
        <translation>标记不透明度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="80"/>
        <source>Grow marks by</source>
        <translation>标记外扩</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="78"/>
        <source>Restores this much around each mark too: damage often reaches a little further.</source>
        <translation>连同每处标记周围这么宽一并修复：损伤往往比看到的更宽。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="63"/>
        <source>How far inside the stroke the cloned pixels set in.</source>
        <translation>仿制的像素从笔画边缘向内多远开始显现。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="64"/>
        <source>Softness of the rim</source>
        <translation>边缘柔和度</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="87"/>
        <source>From the rim of each mark inwards, new repairs pass little by little into what was there. 0 px for narrow damage.</source>
        <translation>新的修复从标记边缘向内逐渐过渡到原有内容。细窄的损伤请用 0 像素。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="91"/>
        <source>Feather repairs by</source>
        <translation>修复羽化</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="95"/>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="97"/>
        <source>Diameter of the brush in pixels of the picture. Keys: smaller {}, larger {}</source>
        <translation>画笔直径，以图片像素计。快捷键：缩小 {}，放大 {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="109"/>
        <source>How far a pixel may differ from the one that is clicked.</source>
        <translation>像素与所单击的像素可相差多少。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="110"/>
        <source>Tolerance</source>
        <translation>容差</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="112"/>
        <source>Contiguous only</source>
        <translation>仅限连续区域</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="113"/>
        <source>Otherwise everything alike is marked, anywhere in the picture.</source>
        <translation>否则会标记图片中所有相似的部分。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="124"/>
        <source>Red</source>
        <translation>红色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="124"/>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="124"/>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="124"/>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="125"/>
        <source>Magenta</source>
        <translation>品红色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="131"/>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="135"/>
        <source>Colour of marks</source>
        <translation>标记颜色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="162"/>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="201"/>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="205"/>
        <source>{} px</source>
        <translation>{} 像素</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="189"/>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="193"/>
        <location filename="../../restorer/ui/panels/tools_panel.py" line="197"/>
        <source>{} %</source>
        <translation>{} %</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <location filename="../../restorer/ui/tour.py" line="150"/>
        <source>The damage is marked</source>
        <translation>损伤处已标记</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="157"/>
        <source>Restore it</source>
        <translation>修复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="152"/>
        <source>In this sample, {} lies on every scratch and spot. In a photograph of yours you paint it.</source>
        <translation>在这个示例中，每处划痕和斑点都已用{}标记。处理自己的照片时，请自行涂抹。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="158"/>
        <source>Press Restore, or {}. Only what is {} is filled; the rest stays as it is.</source>
        <translation>按“修复”或 {}。只填补{}之处，其余保持不变。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="164"/>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="165"/>
        <source>Press {} and move the line: before at its left, after at its right.</source>
        <translation>按 {} 并拖动分隔线：左边是修复前，右边是修复后。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="171"/>
        <source>Paint</source>
        <translation>涂画</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="173"/>
        <source>Is something left? Paint over it with the brush: it is restored when you let go. {} takes it back.</source>
        <translation>还有遗漏？用画笔涂抹，松开时即被修复。{} 可撤销。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="178"/>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="179"/>
        <source>{} writes a new file. Your original is never written to.</source>
        <translation>{} 写入新文件。原图绝不会被改写。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="189"/>
        <source>red</source>
        <translation>红色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="189"/>
        <source>green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="189"/>
        <source>blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="189"/>
        <source>yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="190"/>
        <source>magenta</source>
        <translation>品红色</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="208"/>
        <source>{} of {}</source>
        <translation>{} / {}</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="210"/>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="210"/>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
</context>
<context>
    <name>TourCard</name>
    <message>
        <location filename="../../restorer/ui/tour.py" line="67"/>
        <source>End the tour</source>
        <translation>结束导览</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="69"/>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
</context>
<context>
    <name>TroublePage</name>
    <message>
        <location filename="../../restorer/ui/pages.py" line="112"/>
        <source>Open another photograph…</source>
        <translation>打开其他照片…</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/pages.py" line="114"/>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/pages.py" line="115"/>
        <source>Back to the start</source>
        <translation>返回开始页</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/pages.py" line="133"/>
        <source>“{}” cannot be opened</source>
        <translation>无法打开“{}”</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/pages.py" line="135"/>
        <source>The picture cannot be opened</source>
        <translation>无法打开此图片</translation>
    </message>
</context>
<context>
    <name>Unrestored</name>
    <message>
        <location filename="../../restorer/ui/dialogs/unrestored.py" line="40"/>
        <source>Some marks have not been restored: what lies under them is exported as it is.</source>
        <translation>有些标记尚未修复：其下的内容会原样导出。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/unrestored.py" line="26"/>
        <source>What is not restored</source>
        <translation>尚未修复的内容</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/unrestored.py" line="27"/>
        <source>Restore first</source>
        <translation>先修复</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/unrestored.py" line="28"/>
        <source>Closes this and restores what is marked; export again when that is done.</source>
        <translation>关闭此窗口并修复已标记之处；完成后再导出。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/dialogs/unrestored.py" line="42"/>
        <source>What was found and corrected has not been restored: it is exported as it is.</source>
        <translation>查找到并已更正的损伤尚未修复：会原样导出。</translation>
    </message>
</context>
<context>
    <name>_Curves</name>
    <message>
        <location filename="../../restorer/ui/panels/histogram_panel.py" line="38"/>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
</context>
<context>
    <name>_Offer</name>
    <message>
        <location filename="../../restorer/ui/tour.py" line="268"/>
        <source>New here? Five steps on a sample show how it works.</source>
        <translation>第一次使用？用示例走五步，了解如何操作。</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="270"/>
        <source>Take the tour</source>
        <translation>开始导览</translation>
    </message>
    <message>
        <location filename="../../restorer/ui/tour.py" line="270"/>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
</context>
</TS>
