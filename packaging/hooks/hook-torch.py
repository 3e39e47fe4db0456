"""What of torch is bundled: the libraries that `import torch` loads, and the modules that are imported from somewhere.

Takes the place of the hook that comes with PyInstaller, which collects every module and its source.
"""

from PyInstaller.compat import is_win
from PyInstaller.utils.hooks import collect_dynamic_libs, get_package_paths

warn_on_missing_hiddenimports = False
module_collection_mode = "pyz"
_root = get_package_paths("torch")[1]
# c10, torch_cpu and their like are found as what torch._C is linked to; Windows loads all of torch/lib by itself
binaries = collect_dynamic_libs("torch") if is_win else []
datas = [] if is_win else [(f"{_root}/bin/torch_shm_manager", "torch/bin")]
hiddenimports = ["torch.utils.serialization.config"]  # imported by name only
