package com.wisesync.keycloak.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results as a Markdown table, JSON and an SVG for docs/images. */
record Report(String machine, LocalDate date, boolean quick, List<Row> rows) {

    // The columns and lines of the SVG.
    private static final int TOP = 42;
    private static final int LINE = 32;
    private static final int BARS = 440;
    private static final int BAR_WIDTH = 170;
    private static final int SHARE = 760;
    private static final int TARGET_WIDTH = 220;

    String markdown() {
        StringBuilder table = new StringBuilder(
                "| work | compared with | extension | stock or yardstick | value (spread) | target | met |\n"
                        + "|---|---|---|---|---|---|---|\n");
        rows.forEach(row -> table.append(line(row)).append('\n'));
        return table + String.format("%n%s, %s%s%n", machine, date, quick ? ", quick run" : "");
    }

    static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %.3g (%.3g to %.3g) | %s | %s |",
                row.work(),
                row.yardstickName(),
                number(row.measured(), row.unit()),
                number(row.yardstick(), row.unit()),
                row.value(),
                row.low(),
                row.high(),
                row.target(),
                verdict(row));
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("benchmark.md"), markdown());
        Files.writeString(directory.resolve("benchmark.svg"), svg());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("machine", machine);
        json.put("date", date.toString());
        json.put("quick", quick);
        json.put(
                "rows",
                rows.stream()
                        .map(row -> {
                            Map<String, Object> fields = new LinkedHashMap<>();
                            fields.put("work", row.work());
                            fields.put("yardstick", row.yardstickName());
                            fields.put("unit", row.unit());
                            fields.put("extension", row.measured());
                            fields.put("yardstickValue", Double.isNaN(row.yardstick()) ? null : row.yardstick());
                            fields.put("value", row.value());
                            fields.put("low", row.low());
                            fields.put("high", row.high());
                            fields.put("target", row.target().toString());
                            fields.put("met", row.verdict());
                            return fields;
                        })
                        .toList());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("benchmark.json").toFile(), json);
    }

    /**
     * Per row: the measured value and the yardstick as bars on the same scale, and a bar that shows how much of the target
     * is used. The row meets its target if that bar ends left of the line.
     */
    String svg() {
        int height = TOP + rows.size() * LINE + 8;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1180 %d\" font-family=\"sans-serif\" font-size=\"13\">%n"
                        + "<rect width=\"1180\" height=\"%d\" fill=\"#fff\"/>%n",
                height,
                height));
        svg.append(text(16, 24, "font-weight=\"bold\"", "Work"))
                .append(text(BARS, 24, "font-weight=\"bold\"", "Extension (dark) and yardstick (light)"))
                .append(text(SHARE, 24, "font-weight=\"bold\"", "Share of the target used (left of the line: met)"));
        int y = TOP;
        for (Row row : rows) {
            svg.append(text(16, y + 17, "fill=\"#333\"", row.work()));
            double largest = Double.isNaN(row.yardstick()) ? row.measured() : Math.max(row.measured(), row.yardstick());
            bar(svg, y, row.measured(), largest, row.unit(), "#24476b");
            if (!Double.isNaN(row.yardstick())) {
                bar(svg, y + 13, row.yardstick(), largest, row.unit(), "#a9bdd1");
            }
            double width = Math.min(used(row), 1.5) * TARGET_WIDTH;
            svg.append(rectangle(SHARE, y + 4, width, 18, color(row)))
                    .append(text(SHARE + 6 + (int) width, y + 18, "fill=\"#333\"", number(row.value())));
            y += LINE;
        }
        int target = SHARE + TARGET_WIDTH;
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%d\" y1=\"34\" x2=\"%d\" y2=\"%d\" stroke=\"#333\" stroke-dasharray=\"3 3\"/>%n</svg>%n",
                target,
                target,
                y));
        return svg.toString();
    }

    private static void bar(StringBuilder svg, int y, double value, double largest, String unit, String color) {
        double width = share(value, largest) * BAR_WIDTH;
        svg.append(rectangle(BARS, y, width, 12, color))
                .append(text(BARS + 6 + (int) width, y + 11, "font-size=\"11\" fill=\"#333\"", number(value, unit)));
    }

    private static String rectangle(int x, int y, double width, int height, String color) {
        return String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"%s\"/>%n",
                x,
                y,
                Math.max(width, 1),
                height,
                color);
    }

    private static String text(int x, int y, String attributes, String text) {
        return String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" %s>%s</text>%n", x, y, attributes, escape(text));
    }

    private static double used(Row row) {
        double bound = row.target().bound();
        if (bound <= 0) {
            return row.met() ? 0 : 2;
        }
        return row.target().atMost() ? share(row.value(), bound) : share(bound, row.value());
    }

    private static String verdict(Row row) {
        String verdict = row.verdict();
        return verdict.equals("no") ? "**no**" : verdict;
    }

    private static String color(Row row) {
        if (row.withinTheNoise()) {
            return "#8a6d00";
        }
        return row.met() ? "#0f7b6c" : "#b3261e";
    }

    private static double share(double part, double whole) {
        if (part <= 0) {
            return 0;
        }
        return whole == 0 ? 2 : part / whole;
    }

    private static String number(double value, String unit) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4g %s", value, unit);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
