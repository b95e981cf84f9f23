import dev.ftj.*;
import java.time.*;
import java.util.*;
import static dev.ftj.script.FineTune.*;
void print(Object value) { System.out.print(value); }
void println() { System.out.println(); }
void println(Object value) { System.out.println(value); }
void printf(String format, Object... values) { System.out.printf(format, values); }
System.out.println("ftj: job(id), list(), metrics(id), await(id), watch(id, job -> ...), jobs(ids...); sandbox() needs no key: try var s = sandbox(), then job(s.sampleId())");
