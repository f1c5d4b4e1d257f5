package org.bpfree.cli.console;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of a width, broken between words. */
public final class Paragraph {
    private static final String COLOUR = "\u001b\\[[0-9;]*m";

    private Paragraph() {}

    /**
     * The lines of a text. A word that is longer than a line stays whole.
     *
     * @param width columns of a line, indentation included
     * @param indent put before every line
     */
    public static List<String> wrap(String text, int width, String indent) {
        return hanging(indent, text, width, indent);
    }

    /** As {@link #wrap}, with something else before the first line. */
    static List<String> hanging(String first, String text, int width, String indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.strip().split("\\s+")) {
            if (!empty && columns(line) + 1 + columns(word) > width) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }

    /** How many columns a text takes: codes of colours take none. */
    static int columns(CharSequence text) {
        return text.toString().replaceAll(COLOUR, "").length();
    }
}
