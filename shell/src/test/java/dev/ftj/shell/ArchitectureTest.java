package dev.ftj.shell;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where everything lives, and which way the arrows go. */
@AnalyzeClasses(packages = "dev.ftj", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String OKHTTP = "okhttp3..";
    private static final String JACKSON = "tools.jackson..";
    private static final String SPRING = "org.springframework..";
    private static final String JLINE = "org.jline..";

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("(dev.ftj..)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule coreKnowsNoShell = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ftj.shell..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ftj.shell..", SPRING, JLINE);

    @ArchTest
    static final ArchRule storeAndSandboxKnowNothingOfTheClient = noClasses()
            .that()
            .resideInAnyPackage("dev.ftj.internal.store", "dev.ftj.sandbox")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ftj", OKHTTP);

    @ArchTest
    static final ArchRule storeAndSandboxKnowNothingOfEachOther =
            slices().matching("dev.ftj.(internal.store|sandbox)").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule internalPackagesKnowNothingOfThePublicOnesAboveThem = noClasses()
            .that()
            .resideInAPackage("dev.ftj.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ftj.script", "dev.ftj.sandbox", "dev.ftj.notebook");

    @ArchTest
    static final ArchRule okHttpIsInOnePackage = noClasses()
            .that(are("not the client's builder", "dev.ftj.FineTuneClientBuilder"))
            .and()
            .resideOutsideOfPackage("dev.ftj.internal.http")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(OKHTTP, "okio..");

    @ArchTest
    static final ArchRule httpKnowsNoJobsAndNoJson = noClasses()
            .that()
            .resideInAPackage("dev.ftj.internal.http")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.ftj..")
                    .and(DescribedPredicate.not(
                            JavaClass.Predicates.resideInAnyPackage("dev.ftj.internal.http", "dev.ftj.internal.text")))
                    .or(resideInAPackage(JACKSON)));

    @ArchTest
    static final ArchRule jacksonIsInTheJsonPackageAlone = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ftj.internal.json")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(JACKSON);

    @ArchTest
    static final ArchRule theNotebooksKernelIsKnownToItsHookAlone = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ftj.notebook")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.dflib..", "dev.ftj.notebook");

    @ArchTest
    static final ArchRule theKotlinKernelIsUsedByItsIntegrationOnly = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ftj.internal.notebook")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jetbrains.kotlinx.jupyter..");

    @ArchTest
    static final ArchRule noLibraryShowsInCoresPublicSignatures = noMethods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("dev.ftj", "dev.ftj.internal.store", "dev.ftj.sandbox", "dev.ftj.script")
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .doNotHaveFullName("dev.ftj.FineTuneClientBuilder.okHttpClient(okhttp3.OkHttpClient)")
            .should(mention(resideInAPackage(OKHTTP).or(resideInAPackage(JACKSON))));

    /** Over the sources of all modules, tests too. */
    @Test
    void noTwoClassesShareASimpleName() throws IOException {
        Map<String, List<Path>> byName;
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            byName = files.filter(file -> file.toString().matches("\\.\\./(core|shell|scripts)/src/.*\\.java"))
                    .filter(file -> !file.endsWith("package-info.java") && !file.endsWith("module-info.java"))
                    .collect(Collectors.groupingBy(file -> file.getFileName().toString()));
        }

        assertThat(byName).hasSizeGreaterThan(200);
        assertThat(byName.values()).allMatch(files -> files.size() == 1);
    }

    @ArchTest
    static final ArchRule springShellIsUsedByItsAdapterOnly = noClasses()
            .that(are("not the adapter", "dev.ftj.shell.SpringShell"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SPRING);

    @ArchTest
    static final ArchRule commandsKnowNoTerminal = noClasses()
            .that()
            .resideInAPackage("dev.ftj.shell.command")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JLINE, OKHTTP);

    @ArchTest
    static final ArchRule viewsKnowNoHttpAndNoSpring = noClasses()
            .that()
            .resideInAPackage("dev.ftj.shell.view")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    OKHTTP, SPRING, "java.net..", "com.sun.net..", "org.jline.terminal..", "org.jline.reader..");

    @ArchTest
    static final ArchRule viewsKnowNoSession = noClasses()
            .that()
            .resideInAnyPackage("dev.ftj.shell.view", "dev.ftj.shell.args")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.ftj.shell", "dev.ftj.shell.session", "dev.ftj.shell.command");

    @ArchTest
    static final ArchRule linesKnowNoTerminalAndNoView = noClasses()
            .that()
            .resideInAPackage("dev.ftj.shell.args")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JLINE, OKHTTP, "dev.ftj.shell.view");

    @ArchTest
    static final ArchRule everyPackageSaysWhatItIsFor = classes()
            .that()
            .resideInAPackage("dev.ftj..")
            .should(new ArchCondition<JavaClass>("be in a package that is described and null-marked") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    boolean marked = item.getPackage()
                            .tryGetAnnotationOfType("org.jspecify.annotations.NullMarked")
                            .isPresent();
                    events.add(new SimpleConditionEvent(item, marked, item.getPackageName()));
                }
            });

    private static DescribedPredicate<JavaClass> are(String description, String... allowed) {
        Set<String> names = Set.of(allowed);
        return DescribedPredicate.describe(
                description, type -> !names.contains(topLevel(type).getName()));
    }

    private static JavaClass topLevel(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::topLevel).orElse(type);
    }

    private static ArchCondition<JavaMethod> mention(DescribedPredicate<? super JavaClass> types) {
        return new ArchCondition<>("mention " + types.getDescription()) {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean mentions = types.test(method.getRawReturnType())
                        || method.getRawParameterTypes().stream().anyMatch(types);
                events.add(new SimpleConditionEvent(method, mentions, method.getDescription()));
            }
        };
    }
}
