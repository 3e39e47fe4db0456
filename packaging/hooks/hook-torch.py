"""What of torch is bundled: the libraries that `import torch` loads, and the modules that are imported from somewhere.

Takes the place of the hook that comes with PyInstaller, which collects every module and its source.
"""

import re
from pathlib import Path

from PyInstaller.compat import is_linux, is_win
from PyInstaller.utils.hooks import collect_dynamic_libs, get_package_paths

warn_on_missing_hiddenimports = False
_root = Path(get_package_paths("torch")[1])


def _read_at_import() -> list[str]:
    """Modules whose source torch itself reads: those of settings, and functions that TorchScript overloads."""
    names = ["torch.nn.functional", "torch.functional", "torch.nn.modules.rnn"]
    for path in sorted(_root.rglob("*config*.py")):
        if re.search(r"^_?install_config_module\(", path.read_text(encoding="utf-8"), re.MULTILINE):
            names.append(".".join(path.relative_to(_root.parent).with_suffix("").parts))
    return names


module_collection_mode = {"torch": "pyz", **dict.fromkeys(_read_at_import(), "pyz+py")}
# on Linux most are found as what torch._C is linked to; the others load all of torch/lib themselves
binaries = (
    [(str(_root / "lib" / "libtorch_global_deps.so"), "torch/lib")] if is_linux else collect_dynamic_libs("torch")
)
datas = [] if is_win else [(str(_root / "bin" / "torch_shm_manager"), "torch/bin")]
hiddenimports = ["torch.utils.serialization.config"]  # imported by name only
