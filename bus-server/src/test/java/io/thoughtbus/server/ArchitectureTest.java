package io.thoughtbus.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.thoughtbus");

    @Test
    void featuresDependOnEachOtherOnlyAsDeclaredAndNeverInCircles() {
        ApplicationModules.of(BusServer.class).verify();
    }

    @Test
    void embeddingsProtocolAndClientKnowNeitherSpringNorRedis() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "io.thoughtbus.embeddings..",
                        "io.thoughtbus.protocol..",
                        "io.thoughtbus.ledger..",
                        "io.thoughtbus.client..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "redis.clients..", "com.redis.."));
    }

    @Test
    void theServerUsesOnlyTheProtocolOfTheClient() {
        check(noClasses()
                .that()
                .resideInAPackage("io.thoughtbus.server..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.thoughtbus.client.."));
    }

    @Test
    void namesThatSayNothingDoNotOccur() {
        check(classes()
                .should()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .andShould()
                .haveSimpleNameNotEndingWith("Service")
                .andShould()
                .haveSimpleNameNotEndingWith("Processor"));
    }

    @Test
    void settingsAreRecords() {
        check(classes()
                .that()
                .areAnnotatedWith(ConfigurationProperties.class)
                .should()
                .beRecords());
    }

    @Test
    void nothingIsInjectedButByConstructor() {
        check(fields().should().notBeAnnotatedWith(Autowired.class).andShould().notBeAnnotatedWith(Value.class));
    }

    @Test
    void theServerAsksItsClockForTheTime() {
        check(noClasses()
                .that()
                .resideInAPackage("io.thoughtbus.server..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
    }

    @Test
    void onlyIndexesAskTheSearchEngine() {
        check(noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Index")
                .and()
                .doNotHaveSimpleName("RedisSearch")
                .should()
                .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.nameMatching("ft[A-Z].*"))));
    }

    private static void check(ArchRule rule) {
        rule.check(ALL);
    }
}
