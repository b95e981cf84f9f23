import java.time.*;
import java.util.*;
import static dev.ftj.script.FineTune.*;
System.out.println("ftj: job(id), jobs(ids...), client(), use(client); sandbox() needs no key: try var s = sandbox(), then job(s.sampleId())");
