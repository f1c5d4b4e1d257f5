package org.bpfree.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfree.files.Json;

/** What a report says, taken out of its HTML. */
record ReadPage(String html) {
    private static final Pattern ROW = Pattern.compile("<tr data-text.*?</tr>", Pattern.DOTALL);
    private static final Pattern CELL = Pattern.compile("<t[hd][^>]*>(.*?)</t[hd]>", Pattern.DOTALL);
    private static final Pattern DATA = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>");

    /** The texts of the cells of the first row that begins with a text, behind an element with an identifier. */
    List<String> row(String section, String first) {
        return rows(section).stream()
                .filter(cells -> cells.get(0).equals(first))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + first + " among " + rows(section)));
    }

    /** All rows behind an element with an identifier, up to the end of its table. */
    List<List<String>> rows(String section) {
        int start = html.indexOf("id=\"" + section + "\"");
        String part = html.substring(start, html.indexOf("</table>", start));
        List<List<String>> rows = new ArrayList<>();
        for (Matcher row = ROW.matcher(part); row.find(); ) {
            List<String> cells = new ArrayList<>();
            for (Matcher cell = CELL.matcher(row.group()); cell.find(); ) {
                cells.add(cell.group(1).replaceAll("<[^>]*>", ""));
            }
            rows.add(cells);
        }
        return rows;
    }

    /** What the scripts of the page are given. */
    JsonNode data() {
        Matcher data = DATA.matcher(html);
        if (!data.find()) {
            throw new AssertionError("the page has no data");
        }
        try {
            return Json.parse(data.group(1));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The first chart with a title. */
    JsonNode chart(String title) {
        for (JsonNode chart : data().get("charts")) {
            if (chart.get("title").asText().equals(title)) {
                return chart;
            }
        }
        throw new AssertionError("no chart " + title);
    }
}
