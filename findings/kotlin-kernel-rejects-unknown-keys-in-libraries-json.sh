#!/bin/sh
# Kotlin kernel for Jupyter 0.11.0-398, run 2026-11-27 on OpenJDK 17.0.15 (its compiler rejects JDKs after 19) by nbconvert.
#
# Expected: a library without Kotlin code can ship a `descriptors` array in META-INF/kotlin-jupyter-libraries/libraries.json
# (kernel 0.15.0.606 introduced it), and an older kernel ignores it.
# What happens: a kernel without `descriptors` reads the file strictly. The cell that adds the jar fails, although the jar's
# classes are of use without the integration. A jar for all kernels has to name a class in `producers` instead.
# A descriptor also renders exact classes only, so it cannot render a list: the class of `listOf(x)` is not java.util.List.
# Output seen:
#   Encountered an unknown key 'descriptors' at path: $
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
mkdir -p kernels/kotlin library/META-INF/kotlin-jupyter-libraries
cat >kernels/kotlin/kernel.json <<JSON
{"display_name": "Kotlin", "language": "kotlin", "interrupt_mode": "message", "argv": ["java", "-cp", "$(cat class-path)",
  "org.jetbrains.kotlinx.jupyter.IkotlinKt", "-classpath=$(tr : '\n' <class-path \
      | grep -E 'kotlin-(stdlib|script-runtime|jupyter-(lib|api))-' | paste -sd:)", "{connection_file}"]}
JSON
echo '{"descriptors": [{"imports": ["java.time.Duration"]}]}' >library/META-INF/kotlin-jupyter-libraries/libraries.json
jar cf library.jar -C library .
cat >cells.ipynb <<NOTEBOOK
{"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": "kotlin", "display_name": "Kotlin"}},
 "cells": [{"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": null,
            "source": "@file:DependsOn(\"$dir/library.jar\")"}]}
NOTEBOOK
JUPYTER_PATH=$dir jupyter nbconvert --to notebook --execute cells.ipynb --output ran.ipynb --allow-errors \
    --ExecutePreprocessor.startup_timeout=120 --ExecutePreprocessor.timeout=120 >log 2>&1 || { tail -n 20 log; exit 1; }
grep -o 'Encountered an unknown key .descriptors. at path: \$' ran.ipynb | head -n 1 >output
cat >expected <<'OUT'
Encountered an unknown key 'descriptors' at path: $
OUT
cat output
diff expected output
