package org.bpfree.binding;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Prints nodes as YAML, one setting a line; lists of single values stay on the line of their key. */
public final class YamlPrinter {
    // Texts that no YAML reader, old or new, takes for anything but a text.
    private static final Pattern SAFE = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
    private static final Pattern TAKEN = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");
    private static final int COMMENT_COLUMN = 44;

    private final Function<String, String> comments;
    private final StringBuilder out = new StringBuilder();

    private YamlPrinter(Function<String, String> comments) {
        this.comments = comments;
    }

    /**
     * Prints a block.
     *
     * @param comments the comment behind the setting of a path, empty for none
     */
    public static String print(YamlNode.Mapping block, Function<String, String> comments) {
        YamlPrinter printer = new YamlPrinter(comments);
        printer.block(block, "", "", "");
        return printer.out.toString();
    }

    /** A node on one line. */
    static String inline(YamlNode node) {
        if (node instanceof YamlNode.Sequence list) {
            return list.items().stream().map(YamlPrinter::inline).collect(Collectors.joining(", ", "[", "]"));
        }
        if (node instanceof YamlNode.Mapping block) {
            return block.entries().stream()
                    .map(entry -> entry.key() + ": " + inline(entry.value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        return scalar.plain() ? scalar.text() : text(scalar.text());
    }

    private void block(YamlNode.Mapping block, String path, String firstIndent, String indent) {
        String lead = firstIndent;
        for (YamlNode.Entry entry : block.entries()) {
            setting(entry, Origins.Paths.child(path, entry.key()), lead, indent);
            lead = indent;
        }
    }

    private void setting(YamlNode.Entry entry, String path, String lead, String indent) {
        YamlNode value = entry.value();
        if (value instanceof YamlNode.Mapping block && !block.entries().isEmpty()) {
            out.append(lead).append(entry.key()).append(":\n");
            block(block, path, indent + "  ", indent + "  ");
        } else if (value instanceof YamlNode.Sequence list && hasBlocks(list.items())) {
            out.append(lead).append(entry.key()).append(":\n");
            for (int i = 0; i < list.items().size(); i++) {
                YamlNode.Mapping item = (YamlNode.Mapping) list.items().get(i);
                block(item, Origins.Paths.child(path, String.valueOf(i)), indent + "  - ", indent + "    ");
            }
        } else {
            line(lead + entry.key() + ": " + inline(value), comments.apply(path));
        }
    }

    private void line(String text, String comment) {
        out.append(text);
        if (!comment.isEmpty()) {
            out.append(" ".repeat(Math.max(2, COMMENT_COLUMN - text.length())))
                    .append("# ")
                    .append(comment);
        }
        out.append('\n');
    }

    private static boolean hasBlocks(List<YamlNode> items) {
        return !items.isEmpty() && items.stream().allMatch(item -> item instanceof YamlNode.Mapping);
    }

    private static String text(String text) {
        if (SAFE.matcher(text).matches() && !TAKEN.matcher(text).matches()) {
            return text;
        }
        if (text.codePoints().noneMatch(Character::isISOControl)) {
            return "'" + text.replace("'", "''") + "'";
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (Character.isISOControl(c)) {
                quoted.append(String.format(Locale.ROOT, "\\x%02x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
