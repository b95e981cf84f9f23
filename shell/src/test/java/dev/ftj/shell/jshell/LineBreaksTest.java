package dev.ftj.shell.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Java broken over lines anywhere between its tokens is the same script as on one line. */
class LineBreaksTest {
    /** Every kind of statement, declaration and operator; blanks are between tokens only. */
    private static final String BODY = """
            double a = 1 ; double d = a - 0.25 ; put ( d ) ; put ( "step" + 5600 ) ; int i = 3 ; i ++ ; -- i ;
            int j = i ++ + ++ i - - i ; put ( j ) ; put ( i ) ; i += j -- ; put ( ( int ) + 2.5 ) ;
            int k = ( int ) - 2.5 ; put ( k ) ; Object o = ( Object ) "s" ; put ( ( ( String ) o ) . length ( ) ) ;
            int up = ( int ) ++ i ; put ( up ) ; boolean no = ( boolean ) ! true ; put ( no ) ;
            String text = ( String ) ( o ) ; put ( text ) ; Runnable run = ( Runnable & Serializable ) ( ) -> put ( 1 ) ;
            run . run ( ) ; Function < Integer , Integer > next = x -> x + 1 ; put ( next . apply ( 2 ) ) ;
            BiFunction < Integer , Integer , Integer > sum = ( x , y ) -> { return x + y ; } ; put ( sum . apply ( 2 , 3 ) ) ;
            Supplier < List < String > > made = ArrayList :: new ; put ( made . get ( ) ) ;
            IntFunction < int [ ] > arrays = int [ ] :: new ; put ( arrays . apply ( 3 ) . length ) ;
            int [ ] [ ] grid = { { 1 , 2 } , { 3 } } , other = new int [ 2 ] [ ] ; put ( grid [ 0 ] [ 1 ] + other . length ) ;
            int row [ ] = new int [ ] { 4 , 5 } , one = 6 ; put ( row [ 1 ] + one ) ; row [ 0 ] ++ ; put ( row [ 0 ] ) ;
            var list = new ArrayList < Map . Entry < String , Integer > > ( ) ; list . add ( Map . entry ( "e" , 7 ) ) ;
            for ( Map . Entry < String , Integer > each : list ) put ( each . getKey ( ) + each . getValue ( ) ) ;
            put ( list . stream ( ) . map ( each -> each . getValue ( ) ) . collect ( Collectors . toList ( ) ) ) ;
            put ( Collections . < String > emptyList ( ) ) ; put ( i > 3 ? "more" : i < 0 ? "less" : "few" ) ;
            if ( i > 100 ) put ( 1 ) ; else if ( i > 50 ) { put ( 2 ) ; } else put ( 3 ) ;
            outer : for ( int m = 0 ; m < 5 ; m ++ ) { for ( ; ; ) { if ( m == 2 ) break outer ; continue outer ; } }
            while ( i > 0 ) i -- ; do { i ++ ; } while ( i < 4 ) ; do i ++ ; while ( i < 9 ) ; put ( i ) ;
            switch ( i ) { case 9 : put ( "nine" ) ; break ; default : put ( "other" ) ; }
            String word = switch ( i ) { case 1 , 2 -> "low" ; default -> { yield "high" ; } } ; put ( word ) ;
            try { put ( Integer . parseInt ( "x" ) ) ; } catch ( NumberFormatException | NullPointerException e ) { put ( "nfe" ) ; }
            finally { put ( "fin" ) ; } try ( StringReader in = new StringReader ( "r" ) ) { put ( in . read ( ) ) ; }
            synchronized ( o ) { put ( "sync" ) ; } { int inner = 5 ; put ( inner ) ; } ; ;
            Object named = new Object ( ) { int n = 1 ; @ Override public String toString ( ) { return "n" + n ; } } ;
            put ( named ) ; put ( new Object ( ) { int twice ( int n ) { return 2 * n ; } } . twice ( 4 ) ) ;
            var counted = new Object ( ) { int n = 1 ; int up ( ) { return ++ n ; } } ; put ( counted . up ( ) + counted . n ) ;
            boolean is = o instanceof String s && s . length ( ) == 1 ; put ( is ) ; put ( o instanceof Integer ) ;
            final int fixed = 5 ; @ SuppressWarnings ( "unused" ) final long big = 7L << 2 >>> 1 >> 1 ; put ( big | fixed & 4 ^ 1 ) ;
            assert i > 100 : "not-on" ; char c = 'c' ; put ( ( char ) ( c + 1 ) ) ; put ( ~ i ) ; put ( ! is ) ;
            record Point ( int x , int y ) { Point { if ( x < 0 ) throw new IllegalArgumentException ( ) ; } int sum ( ) { return x + y ; } }
            put ( new Point ( 1 , 2 ) . sum ( ) ) ; enum Color { RED , GREEN ; Color next ( ) { return GREEN ; } } put ( Color . RED . next ( ) ) ;
            interface Shape { double area ( ) ; default int sides ( ) { return 4 ; } }
            abstract class Base < T extends Comparable < T > & Serializable > { T value ; abstract T get ( ) ; }
            final class Leaf extends Base < String > implements Shape { String get ( ) { return "leaf" ; } public double area ( ) { return 1 ; } }
            put ( new Leaf ( ) . get ( ) + new Leaf ( ) . sides ( ) ) ; @ FunctionalInterface interface Fn { int of ( int x ) ; }
            Fn fn = ( final int x ) -> x * x ; put ( fn . of ( 5 ) ) ; int . class . getName ( ) ; put ( String [ ] . class . getSimpleName ( ) ) ;
            < T > T same ( T t ) { return t ; } static int twice ( final int n ) throws IOException { return 2 * n ; }
            @ Deprecated String [ ] words ( String ... all ) { return all ; } @ java . lang . annotation . Target ( java . lang . annotation . ElementType . TYPE_USE ) @ interface Marked { }
            put ( ( double ) ( int ) d ) ; Comparator < ? super @ Marked String > order = Comparator . naturalOrder ( ) ; put ( order . compare ( "a" , "a" ) ) ;
            @ Marked String @ Marked [ ] marked = { } ; put ( marked . length ) ; put ( same ( twice ( 4 ) ) + words ( "a" , "b" ) . length ) ;
            long total = 0 ; for ( int m = 0 , n = 9 ; m < n ; m ++ , n -- ) total += m ; put ( total ) ; put ( ( total ) - 1 ) ;
            i = j = k ; put ( i + j ) ; put ( ( ( IntUnaryOperator ) x -> - x ) . applyAsInt ( 3 ) ) ; throw new IllegalStateException ( "end" ) ;
            """;

    private static final List<String> BREAKS = List.of(
            "\n",
            "\n\n    ",
            " // a comment ; }\n",
            "\n/* another ( */\n",
            " /* over\n lines */ ",
            "\n  // \"\n  ",
            "\r\n");

    @Test
    void everyKindOfStatementIsReadAsOnOneLineWithEachTokenOnItsOwn() {
        List<String> tokens = List.of(BODY.split("\\s+"));
        List<String> expected = Results.of(String.join(" ", tokens));

        assertThat(expected).hasSize(54).last().asString().isEqualTo("s:1: java.lang.IllegalStateException: end");
        assertThat(withoutPlace(Results.of(String.join("\n", tokens)))).isEqualTo(withoutPlace(expected));
    }

    @Property(tries = 300, seed = "42")
    void wherePiecesOfItAreBrokenDoesNotMatter(@ForAll Random random) {
        List<String> tokens = List.of(BODY.split("\\s+"));
        int frequency = 1 + random.nextInt(12);

        assertThat(snippets(broken(tokens, frequency, random))).isEqualTo(snippets(String.join(" ", tokens)));
    }

    @Property(tries = 300, seed = "43")
    void generatedStatementsAreReadAsOnOneLine(@ForAll Random random) {
        List<String> tokens = new Bodies(random).statements(12);

        assertThat(snippets(broken(tokens, 2, random))).isEqualTo(snippets(String.join(" ", tokens)));
    }

    @Property(tries = 8, seed = "44")
    void generatedStatementsGiveTheSameResultAsOnOneLine(@ForAll Random random) {
        List<String> tokens = new Bodies(random).statements(40);
        List<String> expected = Results.of(String.join(" ", tokens));

        assertThat(expected).noneMatch(line -> line.startsWith("s:1: ") && !line.contains("ArithmeticException"));
        assertThat(withoutPlace(Results.of(broken(tokens, 2, random)))).isEqualTo(withoutPlace(expected));
    }

    private static String broken(List<String> tokens, int frequency, Random random) {
        return tokens.stream()
                .map(token ->
                        token + (random.nextInt(frequency) == 0 ? BREAKS.get(random.nextInt(BREAKS.size())) : " "))
                .collect(Collectors.joining());
    }

    private static List<String> withoutPlace(List<String> results) {
        return results.stream().map(line -> line.replaceFirst("^s:\\d+: ", "")).toList();
    }

    private static List<String> snippets(String text) {
        String unix = ScriptSource.of("s", text).text();
        return Splitter.split(unix).stream()
                .map(snippet -> snippet.kind() + " " + tokens(snippet.text()))
                .toList();
    }

    private static List<String> tokens(String text) {
        Tokens tokens = new Tokens(text, new Lines(text));
        return IntStream.range(0, tokens.size()).mapToObj(tokens::text).toList();
    }

    /** Makes statements that compile: every variable is an int, and every expression has a value. */
    private static final class Bodies {
        private static final List<String> BINARY = List.of("+", "-", "*", "&", "|", "^", "<<", ">>", ">>>");

        private final Random random;
        private int variables = 2;

        Bodies(Random random) {
            this.random = random;
        }

        List<String> statements(int count) {
            List<String> tokens = new ArrayList<>();
            add(tokens, "int v0 = 1 ; int v1 = 2 ;");
            for (int i = 0; i < count; i++) {
                add(tokens, statement(2, true));
            }
            return tokens;
        }

        private static void add(List<String> tokens, String text) {
            tokens.addAll(List.of(text.split(" ")));
        }

        private String statement(int depth, boolean top) {
            int kind = random.nextInt(depth > 0 ? 13 : 5);
            switch (kind) {
                case 0:
                    return "put ( " + value(2) + " ) ;";
                case 1:
                    return variable() + " " + List.of("=", "+=", "-=", "^=").get(random.nextInt(4)) + " " + value(3)
                            + " ;";
                case 2:
                    return random.nextBoolean() ? variable() + " ++ ;" : "-- " + variable() + " ;";
                case 3:
                    if (top) {
                        String type = List.of("int", "var", "final int").get(random.nextInt(3));
                        String declared = type + " v" + variables + " = " + value(3) + " ;";
                        variables++;
                        return declared;
                    }
                    return ";";
                case 4:
                    return "put ( \"t\" + ( " + value(1) + " ) ) ;";
                case 5:
                    return "if ( " + test() + " ) " + statement(depth - 1, false);
                case 6:
                    return "if ( " + test() + " ) " + statement(depth - 1, false) + " else "
                            + statement(depth - 1, false);
                case 7:
                    return "for ( int n" + depth + " = 0 ; n" + depth + " < 2 ; n" + depth + " ++ ) "
                            + statement(depth - 1, false);
                case 8:
                    return "{ " + statement(depth - 1, false) + " " + statement(depth - 1, false) + " }";
                case 9:
                    return "do " + statement(depth - 1, false) + " while ( false ) ;";
                case 10:
                    return "try { " + statement(depth - 1, false) + " } catch ( ArithmeticException e" + depth
                            + " ) { put ( 0 ) ; }";
                case 11:
                    return "switch ( " + value(1) + " ) { case 1 : " + statement(depth - 1, false) + " default : }";
                default:
                    return "l" + depth + " : for ( int m" + depth + " : new int [ ] { " + value(1) + " } ) { "
                            + statement(depth - 1, false) + " break l" + depth + " ; }";
            }
        }

        private String test() {
            return "( " + value(1) + " ) " + List.of("<", ">", "==", ">=").get(random.nextInt(4)) + " ( " + value(1)
                    + " )";
        }

        private String variable() {
            return "v" + random.nextInt(variables);
        }

        private String value(int depth) {
            switch (random.nextInt(depth > 0 ? 13 : 3)) {
                case 0:
                    return variable();
                case 1, 2:
                    return String.valueOf(random.nextInt(100));
                case 3:
                    return value(depth - 1) + " " + BINARY.get(random.nextInt(BINARY.size())) + " " + value(depth - 1);
                case 4:
                    return "( " + value(depth - 1) + " )";
                case 5:
                    return "- " + value(0);
                case 6:
                    return "( int ) " + List.of("-", "+", "~").get(random.nextInt(3)) + " " + value(0);
                case 7:
                    return "( " + test() + " ? " + value(depth - 1) + " : " + value(depth - 1) + " )";
                case 8:
                    return "Math . max ( " + value(depth - 1) + " , " + value(depth - 1) + " )";
                case 9:
                    return "new int [ ] { " + value(depth - 1) + " , 2 } [ 0 ]";
                case 10:
                    return "( ( IntSupplier ) ( ) -> " + value(depth - 1) + " ) . getAsInt ( )";
                case 11:
                    return "List . of ( " + value(depth - 1) + " ) . get ( 0 )";
                default:
                    return "( " + variable() + " ++ )";
            }
        }
    }
}
