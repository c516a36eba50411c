package com.wisesync.keycloak.testing;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** A page as a browser without JavaScript shows it. */
public record WebPage(URI uri, int status, HttpHeaders headers, Document document) {

    public boolean has(String css) {
        return document.selectFirst(css) != null;
    }

    public Optional<Element> find(String css) {
        return Optional.ofNullable(document.selectFirst(css));
    }

    /** The visible text. */
    public String text() {
        return document.text();
    }

    /** The form that contains the given element. */
    FormElement formWith(String css) {
        Element inside = find(css).orElseThrow(() -> new AssertionError("No %s on %s".formatted(css, this)));
        return inside instanceof FormElement form ? form : (FormElement) inside.closest("form");
    }

    /** The initial values of a form, without submit buttons. */
    static Map<String, String> fields(FormElement form) {
        Map<String, String> fields = new LinkedHashMap<>();
        form.formData().forEach(field -> fields.put(field.key(), field.value()));
        form.select("button[name], input[type=submit][name]").forEach(button -> fields.remove(button.attr("name")));
        return fields;
    }

    @Override
    public String toString() {
        return "%s (%d): %s".formatted(uri, status, text());
    }
}
