<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Paste as new picture</source>
        <translation>粘贴为新图片(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Import mask…</source>
        <translation>导入蒙版(&amp;I)…</translation>
    </message>
    <message>
        <source>Export &amp;mask…</source>
        <translation>导出蒙版(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Close window</source>
        <translation>关闭窗口(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Clear all marks</source>
        <translation>清除全部标记(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Hand: move the picture</source>
        <translation>抓手：移动图片(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Brush: mark damage</source>
        <translation>画笔：标记损伤(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Eraser: take marks away</source>
        <translation>橡皮：擦除标记(&amp;E)</translation>
    </message>
    <message>
        <source>Bi&amp;gger brush</source>
        <translation>增大画笔(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Smaller brush</source>
        <translation>缩小画笔(&amp;S)</translation>
    </message>
    <message>
        <source>Heal as you &amp;paint</source>
        <translation>边涂边修(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Restore what is marked</source>
        <translation>修复标记处(&amp;R)</translation>
    </message>
    <message>
        <source>Cancel restoring</source>
        <translation>取消修复</translation>
    </message>
    <message>
        <source>&amp;Fit into the window</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Actual size, 100 %</source>
        <translation>实际大小，100 %(&amp;A)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Divider: before and after</source>
        <translation>分割线：修复前后(&amp;D)</translation>
    </message>
    <message>
        <source>See the &amp;original (hold the key)</source>
        <translation>查看原图（按住键）(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Help and keys</source>
        <translation>帮助与快捷键(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;About Restorer</source>
        <translation>关于 Restorer(&amp;A)</translation>
    </message>
</context>
<context>
    <name>Boxes</name>
    <message>
        <source>Restorer</source>
        <translation>Restorer</translation>
    </message>
    <message>
        <source>Restorer {} brings damaged photographs back, on your own computer.

It is free software under the Apache License 2.0.</source>
        <translation>Restorer {} 在您自己的电脑上修复受损照片。

它是以 Apache License 2.0 发布的自由软件。</translation>
    </message>
    <message>
        <source>About Restorer</source>
        <translation>关于 Restorer</translation>
    </message>
    <message>
        <source>The restored picture “{}” has not been exported.</source>
        <translation>修复后的图片“{}”尚未导出。</translation>
    </message>
    <message>
        <source>The marks in “{}” have not been restored.</source>
        <translation>“{}”中的标记尚未修复。</translation>
    </message>
    <message>
        <source>Close without exporting?</source>
        <translation>不导出就关闭吗？</translation>
    </message>
    <message>
        <source>The original is unchanged in any case.</source>
        <translation>无论如何，原图都不会改变。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Close without exporting</source>
        <translation>不导出，直接关闭</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Some of the file cannot be kept:</source>
        <translation>文件中有些内容无法保留：</translation>
    </message>
    <message>
        <source>Export all the same</source>
        <translation>仍然导出</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>已导出</translation>
    </message>
    <message>
        <source>The file was read back and compared with the original, pixel by pixel.</source>
        <translation>已重新读取该文件，并与原图逐像素比较。</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>“{}”: {:,} pixels changed, {:,} outside the mask.</source>
        <translation>“{}”：更改了 {:,} 个像素，其中 {:,} 个在蒙版之外。</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Photograph</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Paint over the damage. The wheel zooms, the right button or Space and the left button pan.</source>
        <translation>涂抹损伤处。滚轮缩放，按右键或按住空格加左键可平移。</translation>
    </message>
</context>
<context>
    <name>Choosing</name>
    <message>
        <source>Open photographs</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Import a mask: white is to be restored</source>
        <translation>导入蒙版：白色处将被修复</translation>
    </message>
    <message>
        <source>Export the mask</source>
        <translation>导出蒙版</translation>
    </message>
    <message>
        <source>Export the restored picture</source>
        <translation>导出修复后的图片</translation>
    </message>
    <message>
        <source>restored</source>
        <translation>已修复</translation>
    </message>
    <message>
        <source>Pictures ({})</source>
        <translation>图片 ({})</translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>Before and after</source>
        <translation>修复前后</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Before and after</source>
        <translation>修复前后</translation>
    </message>
    <message>
        <source>The original left of the divider, the restored picture right of it.</source>
        <translation>分割线左侧为原图，右侧为修复后的图片。</translation>
    </message>
</context>
<context>
    <name>Divider</name>
    <message>
        <source>Divider: original on the left, restored on the right</source>
        <translation>分割线：左侧原图，右侧修复后</translation>
    </message>
    <message>
        <source>Original on the left, restored on the right. Drag it, or press ← and →.</source>
        <translation>左侧原图，右侧修复后。拖动，或按 ← 和 →。</translation>
    </message>
</context>
<context>
    <name>Editor</name>
    <message>
        <source>Pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>The mask marks what was marked already.</source>
        <translation>该蒙版标记的地方都已标记。</translation>
    </message>
    <message>
        <source>Mask written to {}.</source>
        <translation>蒙版已写入 {}。</translation>
    </message>
</context>
<context>
    <name>Fault</name>
    <message>
        <source>The program made a mistake ({}). Your original is unharmed: export what you have, and start again.</source>
        <translation>程序出错（{}）。原图未受影响：请导出现有结果，然后重新启动。</translation>
    </message>
</context>
<context>
    <name>Healing</name>
    <message>
        <source>Cancelled. What was marked is still marked.</source>
        <translation>已取消。标记仍然保留。</translation>
    </message>
    <message>
        <source>The picture changed meanwhile: restoring once more.</source>
        <translation>图片在此期间有变化：正在重新修复。</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Help and keys</source>
        <translation>帮助与快捷键</translation>
    </message>
    <message>
        <source>In three steps</source>
        <translation>三个步骤</translation>
    </message>
    <message>
        <source>1.  Open a photograph.
2.  Paint over the damage. It is restored as soon as you let go; switch off “Heal as you paint” to mark first and restore everything at once.
3.  Export. The original is never written to.</source>
        <translation>1.  打开一张照片。
2.  涂抹损伤处，松开后立即修复；关闭“边涂边修”则可先标记，再一次全部修复。
3.  导出。原图永远不会被写入。</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>See the original</source>
        <translation>查看原图</translation>
    </message>
    <message>
        <source>hold X or \</source>
        <translation>按住 X 或 \</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>移动图片</translation>
    </message>
    <message>
        <source>Space or middle button, and drag</source>
        <translation>按住空格或中键拖动</translation>
    </message>
    <message>
        <source>Zoom to the pointer</source>
        <translation>以指针为中心缩放</translation>
    </message>
    <message>
        <source>wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Size of the brush</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>Shift and wheel</source>
        <translation>Shift 加滚轮</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Open a photograph, drop one here, or try a sample.</source>
        <translation>打开一张照片、拖放到此处，或试试示例。</translation>
    </message>
    <message>
        <source>Drag to move the picture. The wheel zooms.</source>
        <translation>拖动以移动图片，滚轮缩放。</translation>
    </message>
    <message>
        <source>Drag over marks to take them away. B goes back to the brush.</source>
        <translation>在标记上拖动以擦除。按 B 回到画笔。</translation>
    </message>
    <message>
        <source>Ctrl+Return restores what is marked. Paint to mark more, E to erase.</source>
        <translation>按 Ctrl+Return 修复标记处。涂抹可继续标记，按 E 擦除。</translation>
    </message>
    <message>
        <source>Paint over the damage: it is restored when you let go.</source>
        <translation>涂抹损伤处：松开后即修复。</translation>
    </message>
    <message>
        <source>Paint over the damage, then press Ctrl+Return.</source>
        <translation>涂抹损伤处，然后按 Ctrl+Return。</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>正在导出…</translation>
    </message>
    <message>
        <source>Restoring, {} more waiting</source>
        <translation>正在修复，还有 {} 处等待</translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation>正在修复…</translation>
    </message>
</context>
<context>
    <name>InfoPanel</name>
    <message>
        <source>Photograph</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>位深</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>色彩配置</translation>
    </message>
    <message>
        <source>{} × {} px</source>
        <translation>{} × {} 像素</translation>
    </message>
    <message>
        <source>{} bit · {} · {}</source>
        <translation>{} 位 · {} · {}</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>grey with alpha</source>
        <translation>灰度带透明</translation>
    </message>
    <message>
        <source>RGB</source>
        <translation>RGB</translation>
    </message>
    <message>
        <source>RGB with alpha</source>
        <translation>RGB 带透明</translation>
    </message>
    <message>
        <source>none (shown as sRGB)</source>
        <translation>无（按 sRGB 显示）</translation>
    </message>
    <message>
        <source>embedded</source>
        <translation>内嵌</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>正在读取文件</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard: copy one first, then paste it here.</source>
        <translation>剪贴板上没有图片：请先复制一张，再粘贴到这里。</translation>
    </message>
    <message>
        <source>Opening {}…</source>
        <translation>正在打开 {}…</translation>
    </message>
    <message>
        <source>The window closes as soon as the export is written.</source>
        <translation>导出写完后窗口即关闭。</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>修复(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>网络(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Forget these files</source>
        <translation>忘记这些文件</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>There is no file “{}”: check its name and folder.</source>
        <translation>没有文件“{}”：请检查名称和文件夹。</translation>
    </message>
    <message>
        <source>“{}” is a folder: choose a picture in it.</source>
        <translation>“{}”是文件夹：请选择其中的图片。</translation>
    </message>
    <message>
        <source>“{}” is empty: copy or scan it again.</source>
        <translation>“{}”是空文件：请重新复制或扫描。</translation>
    </message>
    <message>
        <source>“{}” may not be read: ask its owner for permission, or copy it.</source>
        <translation>没有权限读取“{}”：请向其所有者申请权限，或复制一份。</translation>
    </message>
    <message>
        <source>“{}” cannot be read ({}): check the disk it is on.</source>
        <translation>无法读取“{}”（{}）：请检查它所在的磁盘。</translation>
    </message>
    <message>
        <source>“{}” is damaged or incomplete ({}): copy or scan it again.</source>
        <translation>“{}”已损坏或不完整（{}）：请重新复制或扫描。</translation>
    </message>
    <message>
        <source>“{}” is no picture that can be opened: choose a PNG, TIFF, JPEG, WebP or BMP file.</source>
        <translation>“{}”不是能打开的图片：请选择 PNG、TIFF、JPEG、WebP 或 BMP 文件。</translation>
    </message>
    <message>
        <source>“{}” has {} × {} pixels; {} megapixels at most can be opened: cut it into parts.</source>
        <translation>“{}”有 {} × {} 像素；最多能打开 {} 百万像素：请将它分割成几部分。</translation>
    </message>
    <message>
        <source>“{}” has {} × {} pixels and needs {} of memory, but only {} are free: close other programs, or use a computer with more memory.</source>
        <translation>“{}”有 {} × {} 像素，需要 {} 内存，但只有 {} 可用：请关闭其他程序，或换用内存更大的电脑。</translation>
    </message>
    <message>
        <source>There is not enough memory to open “{}”: close other programs, or open it on a computer with more memory.</source>
        <translation>内存不足，无法打开“{}”：请关闭其他程序，或换用内存更大的电脑。</translation>
    </message>
    <message>
        <source>The mask “{}” has {} × {} pixels, the picture {} × {}: use a mask of the picture&apos;s size.</source>
        <translation>蒙版“{}”为 {} × {} 像素，图片为 {} × {}：请使用与图片同样大小的蒙版。</translation>
    </message>
    <message>
        <source>The mask is empty: mark what is to be restored (white, in a mask file).</source>
        <translation>蒙版是空的：请标记要修复的地方（蒙版文件中为白色）。</translation>
    </message>
    <message>
        <source>The mask covers the whole picture: leave some of it unmarked to restore from.</source>
        <translation>蒙版覆盖了整张图片：请留出一部分不标记，供修复时参考。</translation>
    </message>
    <message>
        <source>{} is the original: choose another name, it is never overwritten.</source>
        <translation>{} 是原图：请另取名称，原图永远不会被覆盖。</translation>
    </message>
    <message>
        <source>There is no folder {}: make it first, or choose another one.</source>
        <translation>没有文件夹 {}：请先创建，或另选一个。</translation>
    </message>
    <message>
        <source>{} cannot be written as a {}: choose one of {}.</source>
        <translation>{} 不能写成 {} 格式：请选择 {} 之一。</translation>
    </message>
    <message>
        <source>“{}” cannot be saved: the disk is full. Free some space or choose another folder.</source>
        <translation>无法保存“{}”：磁盘已满。请腾出空间或另选文件夹。</translation>
    </message>
    <message>
        <source>“{}” cannot be saved: writing there is not permitted. Choose another folder or change the permissions.</source>
        <translation>无法保存“{}”：没有写入权限。请另选文件夹或更改权限。</translation>
    </message>
    <message>
        <source>“{}” cannot be saved: the disk is read-only. Choose another folder.</source>
        <translation>无法保存“{}”：磁盘是只读的。请另选文件夹。</translation>
    </message>
    <message>
        <source>“{}” cannot be saved: its folder does not exist. Create the folder or choose another one.</source>
        <translation>无法保存“{}”：文件夹不存在。请创建文件夹或另选一个。</translation>
    </message>
    <message>
        <source>There is not enough memory to save “{}”: close other programs.</source>
        <translation>内存不足，无法保存“{}”：请关闭其他程序。</translation>
    </message>
    <message>
        <source>“{}” cannot be saved in that format: end its name with {}.</source>
        <translation>“{}”不能保存为该格式：请以 {} 结尾命名。</translation>
    </message>
    <message>
        <source>There is not enough memory for this: close other programs, and try again.</source>
        <translation>内存不足：请关闭其他程序后再试。</translation>
    </message>
    <message>
        <source>There is no model {}: choose one of {}, or name a .safetensors file with its card.</source>
        <translation>没有模型 {}：请选择 {} 之一，或指定带说明卡的 .safetensors 文件。</translation>
    </message>
    <message>
        <source>The weights {} are damaged (their sha256 is not the card&apos;s): {}.</source>
        <translation>权重 {} 已损坏（其 sha256 与说明卡不符）：请重新安装（{}）。</translation>
    </message>
    <message>
        <source>The weights {} cannot be read ({}): {}.</source>
        <translation>无法读取权重 {}（{}）：请重新安装（{}）。</translation>
    </message>
    <message>
        <source>Torch cannot be loaded ({}): install Restorer again.</source>
        <translation>无法加载 Torch（{}）：请重新安装 Restorer。</translation>
    </message>
    <message>
        <source>The program made a mistake ({}); your picture is as it was.</source>
        <translation>程序出错（{}）；您的图片没有变化。</translation>
    </message>
    <message>
        <source>The picture on the clipboard cannot be kept in the temporary folder: free some space there.</source>
        <translation>剪贴板上的图片无法存入临时文件夹：请在那里腾出空间。</translation>
    </message>
    <message>
        <source>Page 1 of {} is opened.</source>
        <translation>打开的是第 1 页，共 {} 页。</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Restore</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Marking</source>
        <translation>标记</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Brings damaged photographs back. Paint over scratches, stains and tears; everything else stays as it is, and nothing leaves this computer.</source>
        <translation>让受损的照片恢复原貌。涂抹划痕、污渍和撕裂处；其余部分保持不变，一切都不离开这台电脑。</translation>
    </message>
    <message>
        <source>Try it: the damage is marked already</source>
        <translation>试一试：损伤已经标记好</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>Forget these files</source>
        <translation>忘记这些文件</translation>
    </message>
    <message>
        <source>Open {}</source>
        <translation>打开 {}</translation>
    </message>
    <message>
        <source>Open a photograph…</source>
        <translation>打开照片…</translation>
    </message>
    <message>
        <source>Open a photograph</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>or drop one anywhere in this window, or paste one with Ctrl+V</source>
        <translation>或拖放到窗口任意处，或按 Ctrl+V 粘贴</translation>
    </message>
    <message>
        <source>Colosseum</source>
        <translation>斗兽场</translation>
    </message>
    <message>
        <source>Osprey</source>
        <translation>鱼鹰</translation>
    </message>
    <message>
        <source>Tea gardens</source>
        <translation>茶园</translation>
    </message>
    <message>
        <source>Open the sample {}</source>
        <translation>打开示例 {}</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Progress of restoring</source>
        <translation>修复进度</translation>
    </message>
    <message>
        <source>Cancel restoring  (Esc)</source>
        <translation>取消修复  (Esc)</translation>
    </message>
    <message>
        <source>Cancel restoring</source>
        <translation>取消修复</translation>
    </message>
    <message>
        <source>Pixel under the pointer</source>
        <translation>指针处的像素</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>about {} s left</source>
        <translation>约剩 {} 秒</translation>
    </message>
</context>
<context>
    <name>ToolsPanel</name>
    <message>
        <source>Diameter of the brush in pixels of the picture. Keys: [ and ]</source>
        <translation>画笔直径，以图片像素计。快捷键：[ 和 ]</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>How strongly marks are shown; it changes nothing in the picture.</source>
        <translation>标记显示的浓淡；不改变图片。</translation>
    </message>
    <message>
        <source>Visibility of marks</source>
        <translation>标记浓淡</translation>
    </message>
    <message>
        <source>Grow marks by</source>
        <translation>标记外扩</translation>
    </message>
    <message>
        <source>Restores this much around each mark too: damage often reaches a little further.</source>
        <translation>连同每处标记周围这么宽一并修复：损伤往往比看到的更宽。</translation>
    </message>
    <message>
        <source>Heal as you paint</source>
        <translation>边涂边修</translation>
    </message>
    <message>
        <source>Restores each stroke as soon as you let go. Key: P</source>
        <translation>每一笔松开后立即修复。快捷键：P</translation>
    </message>
    <message>
        <source>{} px</source>
        <translation>{} 像素</translation>
    </message>
    <message>
        <source>{} %</source>
        <translation>{} %</translation>
    </message>
</context>
</TS>
