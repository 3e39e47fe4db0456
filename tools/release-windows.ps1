# Build, check and package restorer.exe on Windows (not tried: docs/packaging.md).
#   powershell -ExecutionPolicy Bypass -File tools\release-windows.ps1
# What it does: looks for the version in the changelog, runs the tests, builds, runs the program's --version, --self-test
# and a fill, and writes an archive, a bill of materials and SHA-256 sums into dist\restorer-VERSION-windows.  The checks
# of packaging\checks are Linux's and are not run.
# Needs .venv with '.[package,test]'.  The program is not signed: SmartScreen asks at the first start.
$ErrorActionPreference = "Stop"
Set-Location (Split-Path $PSScriptRoot)
$python = if ($env:PYTHON) { $env:PYTHON } else { ".venv\Scripts\python.exe" }

function Step([string] $Program) {
    & $Program @args
    if ($LASTEXITCODE -ne 0) { throw "$Program $args ended with $LASTEXITCODE" }
}

$version = Step $python -c "import restorer; print(restorer.__version__)"
if (-not (Select-String -Quiet -Encoding utf8 "^## $([regex]::Escape($version)) \(\d{4}-\d{2}-\d{2}\)$" CHANGELOG.md)) {
    throw "CHANGELOG.md has no heading '## $version (YYYY-MM-DD)'"
}
if (Step git status --porcelain) { throw "the tree differs from its commit: commit first" }
$finished = "dist\restorer-$version-windows"
$staged = "dist\unfinished"
foreach ($folder in "dist\restorer", $finished, $staged) {
    if (Test-Path $folder) { Remove-Item -Recurse -Force $folder }
}
New-Item -ItemType Directory $staged | Out-Null
try {
    $env:QT_QPA_PLATFORM = "offscreen"
    Step $python -m pytest -q
    Remove-Item Env:QT_QPA_PLATFORM
    $env:SOURCE_DATE_EPOCH = Step git log -1 --format=%ct
    Step $python -m PyInstaller --noconfirm --log-level WARN --workpath build\frozen packaging\build.spec
    Step dist\restorer\restorer.exe --version
    Step dist\restorer\restorer.exe --self-test
    $filled = Join-Path $staged "filled.png"
    Step dist\restorer\restorer.exe fill resources\samples\colosseum.jpg --mask resources\samples\colosseum-mask.png -o $filled
    Remove-Item $filled
    $name = "restorer-$version-windows-x86_64"
    Step $python packaging\sbom.py dist\restorer -o "$staged\$name.cdx.json"
    Compress-Archive -Force -CompressionLevel Optimal -Path dist\restorer -DestinationPath "$staged\$name.zip"
    "$name.zip", "$name.cdx.json" |
        ForEach-Object { "$((Get-FileHash -Algorithm SHA256 "$staged\$_").Hash.ToLower())  $_" } |
        Set-Content -Encoding ascii "$staged\$name.sha256"
    Move-Item $staged $finished
} finally {
    if (Test-Path $staged) { Remove-Item -Recurse -Force $staged }
}
