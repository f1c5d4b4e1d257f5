package org.bpfree.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.bpfree.data.DatasetDescription;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.junit.jupiter.api.Test;

/** A page about a dataset says what is in it, whatever its classes are called. */
class DatasetPageTest {
    private static final List<String> NAMES = List.of(
            "</script><img onerror=alert(1)>",
            "emoji \uD83D\uDE00",
            "שלום \u202Eevil",
            "\"quote' & {{title}}",
            "line\nbreak");

    private static String page() {
        byte[] pixels = new byte[10 * 2];
        byte[] labels = new byte[10];
        for (int i = 0; i < 10; i++) {
            labels[i] = (byte) (i % 4);
            pixels[2 * i] = (byte) (i < 5 ? 10 : 20);
            pixels[2 * i + 1] = (byte) 255;
        }
        ImageSet train = new ImageSet(new ImageShape(1, 1, 2), 10, 5, pixels, labels);
        ImageSet test = new ImageSet(new ImageShape(1, 1, 2), 1, 5, new byte[2], new byte[] {4});
        return new DatasetPage(
                        new DatasetDescription("<b>Title</b>", train.shape(), NAMES, 10, 1, "none", "none", ""),
                        train,
                        test,
                        List.of("<i>warned</i>"),
                        List.of("<u>bad.png</u> is empty"))
                .html("0.0.0");
    }

    @Test
    void namesOfAnyTextAreTextOfThePage() {
        String page = page();

        assertThat(page)
                .doesNotContain("<img onerror", "<b>Title", "<i>warned", "<u>bad", "</script>")
                .contains("&lt;/script&gt;&lt;img onerror&#x3D;alert(1)&gt;", "emoji \uD83D\uDE00", "{{title}}")
                .contains("default-src 'none'");
        // What is left of markup is the template's own.
        assertThat(Pattern.compile("<([a-z0-9]+)")
                        .matcher(page)
                        .results()
                        .map(found -> found.group(1))
                        .distinct())
                .isSubsetOf(
                        "html", "head", "meta", "title", "style", "body", "div", "h1", "h2", "bdi", "p", "table",
                        "thead", "tr", "th", "tbody", "td", "img", "ul", "li", "footer");
    }

    @Test
    void countsAndChannelsAreThoseOfTheImages() {
        String page = page();

        assertThat(page).contains("5 classes, images of 1x1x2: 10 to learn from, 1 to be tested on.");
        // Classes 0 and 1 have three images of ten, the others two; the last has none but for the test.
        assertThat(Pattern.compile("</bdi></th><td class=\"number\">(\\d+)</td><td class=\"number\">([\\d.]+)</td>"
                                + "<td class=\"number\">(\\d+)</td>")
                        .matcher(page)
                        .results()
                        .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3)))
                .containsExactly("3 30.00 0", "3 30.00 0", "2 20.00 0", "2 20.00 0", "0 0.00 1");
        assertThat(page).contains("<tr><th>grey</th><td class=\"number\">15.00</td><td class=\"number\">5.00</td>");
        assertThat(page).contains("<th>opacity</th><td class=\"number\">255.00</td>");
        assertThat(page).contains("1, which are left out:");
    }
}
