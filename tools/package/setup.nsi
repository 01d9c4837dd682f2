; Installer for one user: it asks for no administrator. Run by tools/dist.
Target amd64-unicode
Unicode true
!include MUI2.nsh
Name "Sổ Giao Ban CCHC"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\GiaoBan"
InstallDirRegKey HKCU "Software\GiaoBan" "Folder"
SetCompressor /SOLID lzma
BrandingText " "

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\giaoban.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Vietnamese"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\GiaoBan"

Section
  SetOutPath "$INSTDIR"
  File "${FILES}\giaoban.exe"
  File "${FILES}\LICENSE.txt"
  File "${FILES}\licences.txt"
  File "${FILES}\huong-dan.md"
  CreateShortcut "$SMPROGRAMS\Sổ Giao Ban CCHC.lnk" "$INSTDIR\giaoban.exe"
  CreateShortcut "$DESKTOP\Sổ Giao Ban CCHC.lnk" "$INSTDIR\giaoban.exe"
  WriteRegStr HKCU "Software\GiaoBan" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Sổ Giao Ban CCHC"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\giaoban.exe"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  WriteUninstaller "$INSTDIR\uninstall.exe"
SectionEnd

; The data file lies in the officer's own folder and is not touched.
Section "Uninstall"
  Delete "$INSTDIR\giaoban.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\licences.txt"
  Delete "$INSTDIR\huong-dan.md"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Sổ Giao Ban CCHC.lnk"
  Delete "$DESKTOP\Sổ Giao Ban CCHC.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\GiaoBan"
SectionEnd
