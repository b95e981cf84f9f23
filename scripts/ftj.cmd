@echo off
rem Starts ftj on Windows, from a release (bin\ftj.cmd) or from a checkout that is built (mvn package).
rem Untested. No class-data cache here: starts are slower than with the launcher for Unix.
setlocal DisableDelayedExpansion

set "FTJ_JAVA=java.exe"
if defined JAVA_HOME set "FTJ_JAVA=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%FTJ_JAVA%" (
    >&2 echo ftj: no Java in JAVA_HOME: point it at a Java 17 or newer, or unset it
    exit /b 1
)
if not defined JAVA_HOME (
    where /q java.exe
    if errorlevel 1 (
        >&2 echo ftj: Java 17 or newer is needed: install a JDK, or set JAVA_HOME
        exit /b 1
    )
)

set "FTJ_JAR=%~dp0..\lib\ftj.jar"
if not exist "%FTJ_JAR%" for /d %%d in ("%~dp0target\ftj-*") do set "FTJ_JAR=%%~d\lib\ftj.jar"
if not exist "%FTJ_JAR%" (
    >&2 echo ftj: not built: run mvn -DskipTests package first
    exit /b 1
)

"%FTJ_JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData --enable-native-access=ALL-UNNAMED -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -cp "%FTJ_JAR%" dev.ftj.shell.Ftj %*
exit /b %ERRORLEVEL%
