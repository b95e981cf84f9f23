#!/bin/sh
# Kotlin kernel for Jupyter 0.11.0-398, run 2026-11-27 on OpenJDK 17.0.15 (its compiler rejects JDKs after 19) by nbconvert.
#
# Expected: @file:DependsOn of a jar whose manifest has a Class-Path brings the jars of that Class-Path, as `java -cp` does.
# What happens: the class loader of the notebook follows the manifest, so classes load by name, and an integration in a
# referenced jar is found and run. The compiler does not follow it: no cell, and no import of that integration, can name
# such a class. Name the jar that holds the classes as well.
# Output seen:
#   only the referring jar: by name: Thing
#   only the referring jar: Unresolved reference: thing
#   both jars: Thing
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.jetbrains.kotlinx</groupId><artifactId>kotlin-jupyter-kernel</artifactId><version>0.11.0-398</version>
    </dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=class-path
mkdir -p kernels/kotlin library/thing
cat >kernels/kotlin/kernel.json <<JSON
{"display_name": "Kotlin", "language": "kotlin", "interrupt_mode": "message", "argv": ["java", "-cp", "$(cat class-path)",
  "org.jetbrains.kotlinx.jupyter.IkotlinKt", "-classpath=$(tr : '\n' <class-path \
      | grep -E 'kotlin-(stdlib|script-runtime|jupyter-(lib|api))-' | paste -sd:)", "{connection_file}"]}
JSON
echo 'package thing; public class Thing { public String toString() { return "Thing"; } }' >library/thing/Thing.java
javac -d library library/thing/Thing.java
jar cf library.jar -C library .
echo 'Class-Path: library.jar' >manifest
jar cfm referring.jar manifest
run() { # LABEL ANNOTATIONS CELL: what the cell prints after the jars were added
    cat >cells.ipynb <<NOTEBOOK
{"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": "kotlin", "display_name": "Kotlin"}},
 "cells": [{"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": null,
            "source": "$2"},
           {"cell_type": "code", "id": "b", "metadata": {}, "outputs": [], "execution_count": null, "source": "$3"}]}
NOTEBOOK
    JUPYTER_PATH=$dir jupyter nbconvert --to notebook --execute cells.ipynb --output ran.ipynb --allow-errors \
        --ExecutePreprocessor.startup_timeout=120 --ExecutePreprocessor.timeout=120 >log 2>&1 || { tail -n 20 log; exit 1; }
    echo "$1: $(grep -oE '"(by name: )?Thing"|Unresolved reference: thing' ran.ipynb | head -n 1 | tr -d '"')"
}
referring="@file:DependsOn(\\\"$dir/referring.jar\\\")" library="@file:DependsOn(\\\"$dir/library.jar\\\")"
{
    run 'only the referring jar' "$referring" \
        '\"by name: \" + Class.forName(\"thing.Thing\", true, Thread.currentThread().contextClassLoader).newInstance()'
    run 'only the referring jar' "$referring" 'thing.Thing()'
    run 'both jars' "$referring\\n$library" 'thing.Thing()'
} >output
cat >expected <<'OUT'
only the referring jar: by name: Thing
only the referring jar: Unresolved reference: thing
both jars: Thing
OUT
cat output
diff expected output
