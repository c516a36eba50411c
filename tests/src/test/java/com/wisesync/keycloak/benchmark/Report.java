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

    String markdown() {
        StringBuilder table =
                new StringBuilder("| work | yardstick | ours | yardstick's | value (spread) | target | met |\n"
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
                            fields.put("ours", row.measured());
                            fields.put("yardstickValue", Double.isNaN(row.yardstick()) ? null : row.yardstick());
                            fields.put("value", row.value());
                            fields.put("low", row.low());
                            fields.put("high", row.high());
                            fields.put("target", row.target().toString());
                            fields.put("met", row.met());
                            fields.put("withinTheNoise", row.withinTheNoise());
                            return fields;
                        })
                        .toList());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("benchmark.json").toFile(), json);
    }

    /** A bar per row that shows how much of its target is used; it meets the target if it ends left of the line. */
    String svg() {
        int height = 44 + rows.size() * 26;
        StringBuilder svg = new StringBuilder(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 %d\" font-family=\"sans-serif\" font-size=\"13\">%n"
                        + "<rect width=\"900\" height=\"%d\" fill=\"#fff\"/>%n"
                        + "<text x=\"16\" y=\"24\" font-weight=\"bold\">Share of the target used (left of the line: met)</text>%n",
                height, height));
        int y = 40;
        for (Row row : rows) {
            double used = row.target().atMost()
                    ? share(row.value(), row.target().bound())
                    : share(row.target().bound(), row.value());
            double width = Math.min(used, 1.5) * 240;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"16\" y=\"%d\" fill=\"#333\">%s</text>"
                            + "<rect x=\"470\" y=\"%d\" width=\"%.1f\" height=\"16\" rx=\"2\" fill=\"%s\"/>"
                            + "<text x=\"%.1f\" y=\"%d\" fill=\"#333\">%.3g</text>%n",
                    y + 13,
                    escape(row.work()),
                    y,
                    Math.max(width, 1),
                    color(row),
                    476 + width,
                    y + 13,
                    row.value()));
            y += 26;
        }
        svg.append(String.format(
                "<line x1=\"710\" y1=\"34\" x2=\"710\" y2=\"%d\" stroke=\"#333\" stroke-dasharray=\"3 3\"/>%n</svg>%n",
                y));
        return svg.toString();
    }

    private static String verdict(Row row) {
        String met = row.met() ? "yes" : "**no**";
        return row.withinTheNoise() ? met + ", within the noise" : met;
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

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
