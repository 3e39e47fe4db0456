# Build, check and package restorer.exe on Windows (not tried: docs/packaging.md).
#   powershell -ExecutionPolicy Bypass -File tools\release-windows.ps1
# Needs .venv with '.[package,test]'.  The program is not signed: SmartScreen asks at the first start.
$ErrorActionPreference = "Stop"
Set-Location (Split-Path $PSScriptRoot)
$python = if ($env:PYTHON) { $env:PYTHON } else { ".venv\Scripts\python.exe" }

function Step([string] $Program) {
    & $Program @args
    if ($LASTEXITCODE -ne 0) { throw "$Program $args ended with $LASTEXITCODE" }
}

$version = Step $python -c "import restorer; print(restorer.__version__)"
if (-not (Select-String -Quiet -Encoding utf8 "^## $([regex]::Escape($version))" CHANGELOG.md)) {
    throw "CHANGELOG.md has no heading '## $version'"
}
if (Test-Path dist\restorer) { Remove-Item -Recurse -Force dist\restorer }
Step $python -m PyInstaller --noconfirm --log-level WARN --workpath build\frozen packaging\build.spec
Step dist\restorer\restorer.exe --version
Step dist\restorer\restorer.exe --self-test
$name = "restorer-$version-windows-x86_64"
Step $python packaging\sbom.py dist\restorer -o "dist\$name.cdx.json"
Compress-Archive -Force -CompressionLevel Optimal -Path dist\restorer -DestinationPath "dist\$name.zip"
Push-Location dist
"$name.zip", "$name.cdx.json" | ForEach-Object { "$((Get-FileHash -Algorithm SHA256 $_).Hash.ToLower())  $_" } |
    Set-Content -Encoding ascii "$name.sha256"
Pop-Location
