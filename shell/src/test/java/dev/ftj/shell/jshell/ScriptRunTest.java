package dev.ftj.shell.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import jdk.jshell.JShell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script means: imports, names, types and what is said of its faults. */
class ScriptRunTest {
    private static final String HELPERS = "Supplier<Object> unasked = () -> job(args[0]);\nput(\"helpers\");\n";

    static Stream<String> usualImports() {
        return ScriptRun.IMPORTS.stream();
    }

    @ParameterizedTest
    @MethodSource("usualImports")
    void anImportThatAScriptHasAnywayTakesNothingAway(String usual) {
        String uses =
                "\nput(Path.of(\"a\") + \" \" + new ArrayList<>(List.of(Duration.ofSeconds(1))));\nargs = args;\n";

        assertThat(Results.of("\n" + usual + uses)).containsExactly("a [PT1S]");
        assertThat(Results.of(uses + usual + uses)).containsExactly("a [PT1S]", "a [PT1S]");
        assertThat(Results.of("\n" + usual + "\n" + HELPERS)).containsExactly("helpers");
    }

    @Test
    void allOfThemTogetherTakeNothingAway() {
        String all = String.join("\n", ScriptRun.IMPORTS);

        assertThat(Results.of("\n" + all + "\n" + HELPERS + all)).containsExactly("helpers");
        assertThat(Results.of("put(1);\n" + all + "\nimport java.awt.Point;\nput(new Point(1, 2).x);\n" + HELPERS))
                .containsExactly("1", "1", "helpers");
    }

    @Test
    void noTypeOfTheLibraryHasTheNameOfAnotherUsualImport() throws Exception {
        List<String> names = libraryTypes();
        String script = names.stream()
                .map(name -> "put(" + name + ".class.getName());\n")
                .collect(Collectors.joining("", "\n", ""));

        assertThat(names).contains("FineTuneJob", "JobStatus", "Watch");
        assertThat(Results.of(script))
                .containsExactlyElementsOf(
                        names.stream().map(name -> "dev.ftj." + name).toList());
    }

    @Test
    void thePromptHasNoTypeOfTheLibraryUnderTheNameOfAnother() throws Exception {
        try (JShell jshell = JShell.builder().executionEngine("local").build()) {
            jshell.addToClasspath(System.getProperty("java.class.path"));
            ScriptRun.IMPORTS.stream()
                    .filter(line -> line.startsWith("import java."))
                    .forEach(jshell::eval);
            Files.readAllLines(Path.of("..", "scripts", "jshell", "startup.jsh")).stream()
                    .filter(line -> line.startsWith("import "))
                    .forEach(jshell::eval);

            for (String name : libraryTypes()) {
                assertThat(jshell.eval(name + ".class.getName()").get(0).value())
                        .isEqualTo("\"dev.ftj." + name + "\"");
            }
        }
    }

    private static List<String> libraryTypes() throws Exception {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        List<String> names = new ArrayList<>();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            for (JavaFileObject each :
                    files.list(StandardLocation.CLASS_PATH, "dev.ftj", Set.of(JavaFileObject.Kind.CLASS), false)) {
                String name = files.inferBinaryName(StandardLocation.CLASS_PATH, each);
                if (!name.contains("$")
                        && !name.endsWith("package-info")
                        && Modifier.isPublic(Class.forName(name).getModifiers())) {
                    names.add(name.substring("dev.ftj.".length()));
                }
            }
        }
        return names;
    }

    @Test
    void aTypeOfTheUsersWinsOverOneOfTheLibrary() {
        assertThat(Results.of("""

                Class<?> library = Attempt.class;
                record Dataset(int size) {}
                put(new Dataset(3).size());
                class Watch { String see() { return "mine"; } }
                put(new Watch().see());
                put(library.getName());
                """)).containsExactly("3", "mine", "dev.ftj.Attempt");
        assertThat(Results.of("""

                import dev.ftj.shell.jshell.Results.Endpoint;
                put(Endpoint.class.getSimpleName() + " " + Endpoint.class.getEnclosingClass().getSimpleName());
                """)).containsExactly("Endpoint Results");
    }

    @Test
    void anImportHoldsFromItsLineOnAndTheLaterOfTwoWins() {
        assertThat(Results.of("""
                put(new ArrayList<>(List.of(1)));
                List<Integer> before = List.of(2);
                import java.awt.List;
                put(before);
                put(List.class.getName());
                import java.util.List;
                put(List.class.getName());
                """)).containsExactly("[1]", "[2]", "java.awt.List", "java.util.List");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void modulesAreImportedWhereJavaKnowsThat() {
        assertThat(Results.of("""
                import module java.base;
                import module java.sql;
                import module java.net.http;
                put(new Date(1).getTime());
                put(HttpClient.Version.HTTP_2);
                import module java.xml;
                put(Types.class.getName() + " " + XMLConstants.class.getSimpleName());
                """)).containsExactly("1", "HTTP_2", "java.sql.Types XMLConstants");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "double a = 1;\\ndouble d = a\\n  -0.25;\\nput(d); | 0.75",
                "put(\"step \"\\n+5600); String s = \"step \"\\n+5600;\\nput(s); | step 5600,step 5600",
                "@Deprecated\\nvoid f() { put(1); }\\nf(); | 1",
                "@FunctionalInterface\\ninterface F { int f(); }\\nF f = () -> 1\\nput(f.f()) | 1",
                "put(Stream.of(1, 2)\\n  // one\\n  .map(i -> i + 1)\\n  /* two\\n three */\\n  .toList()) | [2, 3]",
                "int i = 1\\ni++\\n++i\\nput(i)\\n--i\\nput(i) | 3,2",
                "int i = 4\\nint j = i\\n/2\\nput(j)\\nput(\"a\")\\n(put(2)) | 2,a",
                "int exit = 2, i = 4;\\ni = i\\n/exit;\\nput(i); | 2",
                "put(1)\\n/exit\\nput(2) | 1",
                "5\\n\"text\"\\nput(6) | 6",
            })
    void aStatementIsAsLongAsTheGrammarAllows(String script, String expected) {
        List<String> results = Results.of(script.replace("\\n", "\n"));
        String joined = results.stream().filter(line -> !line.startsWith("s:")).collect(Collectors.joining(","));

        assertThat(joined).isEqualTo(expected);
    }

    @Test
    void whatIsDeclaredAgainHidesTheFirst() {
        assertThat(Results.of("""
                int x = 1;
                void show() { put(x); }
                int x = 2;
                show();
                String x = "three";
                show();
                put(x.length());
                var y = 1;
                var y = y + 1;
                put(y);
                var y = "a" + y;
                put(y.length());
                int twice(int n) { return 2 * n; }
                int twice(int n) { return 3 * n; }
                put(twice(2));
                record R(int a) {}
                record R(int a, int b) {}
                put(new R(1, 2));
                import java.awt.Point;
                put(x);
                int x = x.length();
                put(x);
                put(x + y);
                """)).containsExactly("2", "2", "5", "2", "2", "6", "R[a=1, b=2]", "three", "5", "5a2");
    }

    @Test
    void varHasTheTypeOfItsValue() {
        assertThat(Results.of("""
                record Point<T>(T x, List<? extends T> more) { Point { Objects.requireNonNull(x); } }
                var point = new Point<>("x", List.of());
                put(point.x().length());
                var mixed = List.of(1, "a");
                for (var each : mixed) put(each);
                var lists = new HashMap<String, List<Integer>[]>();
                put(lists.size());
                var counter = new Object() { int n = 1; int up() { return ++n; } };
                put(counter.up() + counter.n);
                var entry = Map.entry(1, 'c').getValue();
                char c = entry;
                Runnable later = () -> put(point.x() + c);
                later.run();
                var any = ((List<?>) List.of(7)).get(0);
                put(any);
                var nested = point.getClass().getSimpleName();
                put(nested);
                """)).containsExactly("1", "1", "a", "0", "4", "xc", "7", "Point");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "void f(long x) { put(0L); }\\nf(1);\\nvoid f(int x) { put(1); }\\nf(1); | 0;1",
                "put(args.length);\\nString args = \"mine\";\\nput(args); | 0;mine",
                "String g(int i) { return \"g\"; }\\nput(g(1));\\nvoid put(String s) { Results.put(2); }\\nput(\"\"); | g;2",
                "class Foo extends Bar { @Override int m() { return 1; } }\\nimport java.awt.Point;\\n"
                        + "class Bar { int m() { return 0; } }\\nput(new Foo().m()); | 1",
            })
    void aStatementMeansWhatIsDeclaredBeforeIt(String script, String expected) {
        String whole = "import dev.ftj.shell.jshell.Results;\n" + script.replace("\\n", "\n");

        assertThat(String.join(";", Results.of(whole))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "java", "ftj", "String"})
    void aVariableMayHaveTheNameOfAPackage(String name) {
        assertThat(Results.of("var " + name + " = 5;\n1 + 1\nput(" + name + ");"))
                .containsExactly("5");
    }

    @Test
    void varMayHaveATypeThatCannotBeWritten() {
        assertThat(Results.of("""

                var numbers = new ArrayList<>(List.of(1, 2.5));
                numbers.add(3);
                put(numbers);
                var lists = Stream.of(1, "a").map(v -> List.of(v, 2.0)).toList();
                put(lists.get(1));
                var c = args.length > 0 ? 'a' : 'b';
                char same = c;
                put(same);
                """)).containsExactly("[1, 2.5, 3]", "[a, 2.0]", "b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "void f() { g(1); }\\nput(1); | 1;s:1: method f uses g(int), which is not defined",
                "void f() {\\n  y = 1;\\n}\\nf(); | s:2: method f uses variable y, which is not defined;s:4: called from here",
                "void f() { g(); }\\nf();\\nvoid g() {} | s:1: method f uses g(), which is not defined before line 3;s:2: called from here",
                "put(1);\\nput(y);\\nint y = 1; | 1;s:2: variable y is used before its definition in line 3",
                "class A { B b; }\\nput(1); | 1;s:1: class A uses class B, which is not defined",
                "void f() { g(); }\\nimport java.awt.Point;\\nvoid g() { put(new Point().x); }\\nf(); | 0",
                "put(1);\\nint x = \"a\";\\nput(2); | 1;s:2: incompatible types: java.lang.String cannot be converted to int",
                "put(1);\\nfoo(1]; | 1;s:2: unexpected ]",
                "put(1);\\nput(\"a); | 1;s:2: this string is never closed",
                "put(1);\\nvoid f() {\\n  put(2);\\n | 1;s:2: { is never closed",
                "put(1);\\n/* | 1;s:2: this comment is never closed",
                "put(1);\\nimport nowhere.At; | 1;s:2: package nowhere does not exist",
                "put(1);\\n/list | 1;s:2: /list is a command of the jshell tool: only /exit works in a script",
                "put(1);\\nvar x = null; | 1;s:2: cannot infer type for local variable x, (variable initializer is 'null')",
                "class Oops extends RuntimeException {}\\nthrow new Oops(); | s:2: Oops",
                "exit(300); | s:1: java.lang.IllegalArgumentException: exit code 300 is out of range: use 0 to 255",
                "exit(-1); | s:1: java.lang.IllegalArgumentException: exit code -1 is out of range: use 0 to 255",
            })
    void aFaultEndsTheScriptWhereItIs(String script, String expected) {
        assertThat(String.join(";", Results.of(script.replace("\\n", "\n")))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'\n\nint x = 1;\nint y = \"a\";\nput(2);', 4",
        "'put(1);\nvoid f() {\n  return 1;\n}', 3",
        "'String s = \"\"\"\n  a\n  \"\"\";\n\nundefined(s);', 5",
        "'retrun 1;', 1",
        "'int a = 1;\n/open x.jsh', 2",
        "'\nvoid f() {\n  int a = 1;', 2",
        "'Later x;\nclass Later {}', 1",
        "'put(1)\nMissing x\n\nput(2);', 2",
        "'int c =\n\n    1 / Integer.parseInt(\"0\");', 3",
        "'var a =\n    1;\nint c =\n    Integer.parseInt(\n        \"x\");', 4",
        "'void f() { g(); }\nf();\nvoid g() {}', 1",
        "'int zero = 0;\nint y = 1\n  / zero;', 2",
        "'int f(int i) {\n  if (i == 0)\n    throw new IllegalStateException();\n  return g(i - 1);\n}\nint g(int i) { return f(i); }\nf(2);', 3"
    })
    void theFirstFailureEndsTheScriptAndNamesItsLine(String script, int line) {
        assertThat(Results.of(script + "\nput(\"went on\");\n"))
                .doesNotContain("went on")
                .filteredOn(result -> result.startsWith("s:"))
                .first()
                .asString()
                .startsWith("s:" + line + ": ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 5_000})
    void aLongScriptRunsToItsEnd(int count) {
        String script =
                IntStream.range(0, count / 5).mapToObj(i -> """
                        int a%1$d = %1$d;
                        var b%1$d = "b" + a%1$d;
                        int f%1$d(int n) { return n + a%1$d; }
                        if (f%1$d(1) != %1$d + 1) put(b%1$d);
                        var again = f%1$d(2);
                        """.formatted(i)).collect(Collectors.joining());

        assertThat(Results.of(script + "put(again);")).containsExactly(String.valueOf(count / 5 + 1));
    }
}
