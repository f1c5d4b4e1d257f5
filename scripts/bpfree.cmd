@echo off
rem Starts bpfree. Builds target\bpfree.jar first when it is missing or older than the sources.
rem
rem   JAVA_HOME        the Java to use, 17 or later; else the one on PATH
rem   JAVA_OPTS        more options for the Java virtual machine, separated by blanks
rem   BPFREE_PLUGINS   JARs with learners of your own, as in a class path
setlocal enableextensions disabledelayedexpansion

set "NEEDED=17"
set "INSTALL=Install a JDK, %NEEDED% or later: 'winget install EclipseAdoptium.Temurin.21.JDK', or https://adoptium.net; then open a new window."
set "SCRIPT=%~f0"
rem The attributes of a symbolic link have an l.
set "ATTRIBUTES=%~a0"
if not "%ATTRIBUTES:l=%"=="%ATTRIBUTES%" call :follow
for %%S in ("%SCRIPT%") do for %%P in ("%%~dpS..") do set "PROJECT=%%~fP"
set "JAR=%PROJECT%\target\bpfree.jar"
set "LOCK=%PROJECT%\target\bpfree.lock"

rem Folders may have parentheses in their names ("Program Files (x86)"), so no block may hold one of these variables.
if defined JAVA_HOME goto java_home
set "JAVA=java"
where /q java || goto no_java
goto java_found
:java_home
set "JAVA=%JAVA_HOME%\bin\java.exe"
if not exist "%JAVA%" goto no_java_in_home
:java_found

rem openjdk version "17.0.15" ..., java version "1.8.0_392", openjdk version "25" ...
set "VERSION=0"
for /f "tokens=3" %%V in ('call "%JAVA%" -version 2^>^&1 ^| findstr /c:" version "') do (
  for /f "tokens=1,2 delims=.-+_" %%A in ("%%~V") do if "%%A"=="1" (set "VERSION=%%B") else (set "VERSION=%%A")
)
if %VERSION% lss %NEEDED% goto old_java

call :up_to_date || call :locked_build || exit /b 1

rem Java does little beside the native kernels, so the simplest collector is the best one.
set "OPTIONS=-XX:+UseSerialGC"
rem JavaCPP uses it; a warning would help nobody.
if %VERSION% geq 23 set "OPTIONS=%OPTIONS% --sun-misc-unsafe-memory-access=allow"
if defined BPFREE_PLUGINS goto with_plugins
"%JAVA%" %OPTIONS% %JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%
:with_plugins
"%JAVA%" %OPTIONS% %JAVA_OPTS% -cp "%JAR%;%BPFREE_PLUGINS%" org.bpfree.cli.Main %*
exit /b %ERRORLEVEL%

:no_java
echo bpfree: error: there is no Java>&2
echo   hint: %INSTALL%>&2
echo   hint: Where one is installed, put its folder bin on PATH, or set JAVA_HOME to its folder.>&2
exit /b 1

:no_java_in_home
echo bpfree: error: there is no Java in JAVA_HOME (%JAVA_HOME%)>&2
echo   hint: Set JAVA_HOME to the folder of a JDK %NEEDED% or later, or unset it to use the java on PATH.>&2
echo   hint: %INSTALL%>&2
exit /b 1

:old_java
echo bpfree: error: %JAVA% is Java %VERSION%; bpfree needs %NEEDED% or later>&2
echo   hint: Where a later one is installed, set JAVA_HOME to its folder.>&2
echo   hint: %INSTALL%>&2
exit /b 1

:follow
for /f "usebackq delims=" %%T in (`powershell -NoProfile -NonInteractive -Command ^
  "$f = Get-Item -LiteralPath $env:SCRIPT; while ($f.LinkType) { $t = @($f.Target)[0];" ^
  "if (-not [IO.Path]::IsPathRooted($t)) { $t = Join-Path $f.DirectoryName $t }; $f = Get-Item -LiteralPath $t }; $f.FullName"`) do set "SCRIPT=%%T"
exit /b 0

rem A deleted source file counts, too: it makes its folder younger.
:up_to_date
if not exist "%JAR%" exit /b 1
if not exist "%PROJECT%\pom.xml" exit /b 0
powershell -NoProfile -NonInteractive -Command ^
  "Set-Location -LiteralPath $env:PROJECT; $built = (Get-Item -LiteralPath $env:JAR).LastWriteTimeUtc;" ^
  "$sources = @(Get-Item pom.xml, LICENSE, .mvn, configs, datasets, src/main) + @(Get-ChildItem -Recurse .mvn, configs, datasets, src/main);" ^
  "if ($sources | Where-Object LastWriteTimeUtc -gt $built) { exit 1 }"
exit /b %ERRORLEVEL%

rem Two launchers must not build into the same folder at once. Windows drops the lock when the process that holds it ends.
:locked_build
where /q mvn || goto no_maven
"%JAVA%" --list-modules 2>nul | findstr /b "jdk.compiler" >nul || goto no_compiler
if not exist "%PROJECT%\target" mkdir "%PROJECT%\target"
set "BUILD="
set "WAITING="
:try_lock
3>&2 2>nul (
  9>"%LOCK%" (
    call :build 2>&3
  )
)
if defined BUILD exit /b %BUILD%
if not defined WAITING echo bpfree: waiting for another process, which is building %JAR%>&2
set "WAITING=yes"
ping -n 2 127.0.0.1 >nul
goto try_lock

:build
set "BUILD=0"
call :up_to_date && exit /b 0
echo bpfree: building %JAR%, once and after each change of the sources; the first time takes a minute or more and fetches what the build needs>&2
pushd "%PROJECT%"
rem Standard output belongs to the results of the command that follows.
call mvn -B -Dstyle.color=never -Dmaven.test.skip=true -Dspotless.check.skip=true package <nul 1>&2 || set "BUILD=1"
popd
if "%BUILD%"=="1" echo bpfree: error: the build failed; see the messages above>&2
exit /b %BUILD%

:no_compiler
echo bpfree: error: %JAR% must be built, and %JAVA% belongs to a Java without a compiler (a JRE)>&2
echo   hint: %INSTALL%>&2
exit /b 1

:no_maven
echo bpfree: error: %JAR% must be built, and there is no Maven (mvn) on PATH>&2
echo   hint: Install Maven 3.6.3 or later (https://maven.apache.org/download.cgi) and put its folder bin on PATH.>&2
echo   hint: Or run scripts/bpfree in Git Bash or WSL once, which fetches Maven by itself, or put a built bpfree.jar there.>&2
exit /b 1
