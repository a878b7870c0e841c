package io.thoughtbus.server.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.thoughtbus.embeddings.Embedding;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogisticRegressionTest {
    private static final double FLAT = 1e-9;

    /** The reference: scikit-learn 1.9.1, LogisticRegression(C=1/λ, tol=1e-12, solver='newton-cholesky') with sample weights. */
    @ParameterizedTest
    @CsvSource({"0.1, 1.45337965, 0.02652553, -1.58047071", "0.01, 4.44641982, -0.08583307, -3.85692302"})
    void findsTheLineThatAReferenceFinds(double regularisation, double first, double second, double bias) {
        Lessons lessons = new Lessons(2)
                .add(at(10, 25, 40), true, 1)
                .add(at(35), false, 1)
                .add(at(80, 120, 200, 300), false, 1);

        double[] line = LogisticRegression.fit(lessons, regularisation, FLAT);

        assertThat(line).containsExactly(new double[] {first, second, bias}, within(1e-7));
    }

    @Test
    void findsALineThatNoSmallChangeMakesBetter() {
        Random random = new Random(7);
        Lessons lessons = new Lessons(20)
                .add(cloud(random, 5, 0.5f), true, 1)
                .add(cloud(random, 300, 0), false, 1)
                .add(cloud(random, 50, 0.3f), false, 3);

        double[] line = LogisticRegression.fit(lessons, 1e-3, FLAT);

        for (int i = 0; i < line.length; i++) {
            for (double change : List.of(1e-3, -1e-3)) {
                double[] other = line.clone();
                other[i] += change;
                assertThat(loss(lessons, other, 1e-3)).isGreaterThan(loss(lessons, line, 1e-3));
            }
        }
    }

    @Test
    void findsTheSameLineEachTime() {
        Lessons lessons =
                new Lessons(20).add(cloud(new Random(1), 9, 0.4f), true, 1).add(cloud(new Random(2), 90, 0), false, 1);

        assertThat(LogisticRegression.fit(lessons, 1e-3, FLAT)).isEqualTo(LogisticRegression.fit(lessons, 1e-3, FLAT));
    }

    @Test
    void liesBetweenTwoFactsThatAreAlikeOnBothSides() {
        Lessons lessons = new Lessons(2).add(at(45), true, 1).add(at(45), false, 1);

        double[] line = LogisticRegression.fit(lessons, 1e-3, FLAT);

        assertThat(line).containsExactly(new double[3], within(1e-6));
    }

    private static double loss(Lessons lessons, double[] line, double regularisation) {
        double loss = 0;
        for (int i = 0; i < lessons.size(); i++) {
            double margin = line[lessons.dimension()];
            for (int j = 0; j < lessons.dimension(); j++) {
                margin += lessons.fact(i)[j] * line[j];
            }
            loss += lessons.weight(i) * Math.log(1 + Math.exp(-lessons.sign(i) * margin));
        }
        double squares = DoubleStream.of(line)
                .limit(lessons.dimension())
                .map(weight -> weight * weight)
                .sum();
        return loss + regularisation / 2 * squares;
    }

    private static List<Embedding> at(double... degrees) {
        return DoubleStream.of(degrees)
                .map(Math::toRadians)
                .mapToObj(angle -> Embedding.normalized(new float[] {(float) Math.cos(angle), (float) Math.sin(angle)}))
                .toList();
    }

    private static List<Embedding> cloud(Random random, int size, float lean) {
        return Stream.generate(() -> {
                    float[] components = new float[20];
                    for (int i = 0; i < components.length; i++) {
                        components[i] = (float) random.nextGaussian() + (i < 3 ? lean * 5 : 0);
                    }
                    return Embedding.normalized(components);
                })
                .limit(size)
                .toList();
    }
}
