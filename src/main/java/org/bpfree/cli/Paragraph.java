package org.bpfree.cli;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of a width, broken between words. */
final class Paragraph {
    private Paragraph() {}

    /**
     * The lines of a text. A word that is longer than a line stays whole.
     *
     * @param width columns of a line, indentation included
     * @param indent put before every line
     */
    static List<String> wrap(String text, int width, String indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && indent.length() + line.length() + 1 + word.length() > width) {
                lines.add(indent + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(indent + line);
        return lines;
    }
}
