package io.thoughtbus.benchmarks.quality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws recall against the share of strangers that wake somebody, for each way to make interests a line, as SVG. */
final class TradeOff {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 440;
    private static final int LEFT = 60;
    private static final int RIGHT = 250;
    private static final int TOP = 20;
    private static final int BOTTOM = 50;
    private static final double MOST_STRANGERS = 0.2;
    private static final List<String> COLOURS = List.of(
            "#7f7f7f", "#1f77b4", "#c49c94", "#8c564b", "#ffbb78", "#ff7f0e", "#98df8a", "#2ca02c", "#c5b0d5",
            "#9467bd");

    private final List<String> drawn = new ArrayList<>();

    /** Adds a line. */
    void add(String name, Curve curve) {
        StringBuilder points = new StringBuilder();
        for (Curve.Point point : curve.trace(MOST_STRANGERS)) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.strangers()), y(point.f1())));
        }
        int number = drawn.size();
        String colour = COLOURS.get(number % COLOURS.size());
        int legend = TOP + 12 + number * 20;
        drawn.add("<polyline fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\" points=\""
                + points.toString().trim() + "\"/>\n<path stroke=\"" + colour + "\" stroke-width=\"2\" d=\"M"
                + (WIDTH - RIGHT + 15) + " " + legend + "h20\"/><text x=\"" + (WIDTH - RIGHT + 42) + "\" y=\""
                + (legend + 4) + "\">" + name + "</text>");
    }

    /** Writes the drawing. */
    void write(Path file) throws IOException {
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH
                + "\" height=\"" + HEIGHT + "\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" font-family=\"sans-serif\" font-size=\"12\">\n"
                + "<title>F1 against the share of out-of-scope facts that wake anybody</title>\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        for (int i = 0; i <= 10; i++) {
            double y = y(i / 10.0);
            svg.append(String.format(
                    Locale.ROOT,
                    "<path stroke=\"#dddddd\" d=\"M%d %.1fH%d\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>%n",
                    LEFT,
                    y,
                    WIDTH - RIGHT,
                    LEFT - 8,
                    y + 4,
                    i / 10.0));
        }
        for (int percent = 0; percent <= 100 * MOST_STRANGERS; percent += 5) {
            double x = x(percent / 100.0);
            svg.append(String.format(
                    Locale.ROOT,
                    "<path stroke=\"#dddddd\" d=\"M%.1f %dV%d\"/><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d %%</text>%n",
                    x,
                    TOP,
                    HEIGHT - BOTTOM,
                    x,
                    HEIGHT - BOTTOM + 18,
                    percent));
        }
        svg.append("<text x=\"" + (LEFT + WIDTH - RIGHT) / 2 + "\" y=\"" + (HEIGHT - 10)
                + "\" text-anchor=\"middle\">out-of-scope facts that wake anybody</text>\n<text transform=\"translate(16 "
                + HEIGHT / 2 + ") rotate(-90)\" text-anchor=\"middle\">micro-F1</text>\n");
        drawn.forEach(line -> svg.append(line).append('\n'));
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private static double x(double strangers) {
        return LEFT + (WIDTH - RIGHT - LEFT) * strangers / MOST_STRANGERS;
    }

    private static double y(double f1) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * f1;
    }
}
