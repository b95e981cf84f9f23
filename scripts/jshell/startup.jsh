import dev.ftj.*;
import java.time.*;
import java.util.*;
import static dev.ftj.script.FineTune.*;
System.out.println("ftj: job(id), list(), metrics(id), await(id), watch(id, job -> ...), jobs(ids...); sandbox() needs no key: try var s = sandbox(), then job(s.sampleId())");
