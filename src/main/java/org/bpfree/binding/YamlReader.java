package org.bpfree.binding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads one YAML document into nodes with origins; what YAML itself or a settings file does not allow becomes a problem. */
final class YamlReader {
    private static final String STANDARD_TAGS = "tag:yaml.org,2002:";

    /** Turns a position in the text, counted from 0, into an origin. */
    interface Places {
        Origin at(int line, int column);
    }

    private final Places places;
    private final Problems problems;
    private final Map<Node, YamlNode> converted = new IdentityHashMap<>();

    private YamlReader(Places places, Problems problems) {
        this.places = places;
        this.problems = problems;
    }

    /** The file's only document, or nothing when it has none or cannot be parsed. */
    static Optional<YamlNode> document(String text, Problems problems) {
        Places places = (line, column) -> new Origin.InFile(line + 1, column + 1);
        Optional<Node> node = new YamlReader(places, problems).compose(text, "");
        return node.map(root -> new YamlReader(places, problems).convert(root, ""));
    }

    /** The value of an override: a single value or a flow collection. */
    static Optional<YamlNode> value(String text, String path, Places places, Problems problems) {
        YamlReader reader = new YamlReader(places, problems);
        Optional<Node> node = text.isBlank() ? Optional.empty() : reader.compose(text, path);
        if (text.isBlank()) {
            return Optional.of(new YamlNode.Scalar("", true, places.at(0, 0)));
        }
        if (node.isPresent()
                && node.get() instanceof CollectionNode<?> block
                && block.getFlowStyle() == FlowStyle.BLOCK) {
            problems.add(
                    places.at(0, 0),
                    path,
                    "'" + text
                            + "' is neither a single value nor a collection in brackets. Write {key: value} or [a, b].");
            return Optional.empty();
        }
        return node.map(root -> reader.convert(root, path));
    }

    private Optional<Node> compose(String text, String path) {
        LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
        try {
            Iterator<Node> documents =
                    new Compose(settings).composeAllFromString(text).iterator();
            Optional<Node> first = documents.hasNext() ? Optional.of(documents.next()) : Optional.empty();
            if (documents.hasNext()) {
                Origin second = origin(documents.next());
                problems.add(second, path, "a second YAML document begins here. Keep one document in a file.");
            }
            return first;
        } catch (MarkedYamlEngineException e) {
            problems.add(origin(e.getProblemMark().or(e::getContextMark)), path, "not valid YAML: " + explain(e, text));
        } catch (ReaderException e) {
            String before = text.substring(
                    0, text.offsetByCodePoints(0, Math.min(e.getPosition(), text.codePointCount(0, text.length()))));
            int line = (int) before.chars().filter(c -> c == '\n').count();
            int column = before.length() - before.lastIndexOf('\n') - 1;
            String character = String.format(Locale.ROOT, "U+%04X", e.getCodePoint());
            problems.add(
                    places.at(line, column), path, "not valid YAML: the character " + character + " is not allowed.");
        } catch (YamlEngineException e) {
            problems.add(places.at(0, 0), path, "not valid YAML: " + e.getMessage() + ".");
        } catch (StackOverflowError e) {
            problems.add(places.at(0, 0), path, "not valid YAML: nested too deeply.");
        }
        return Optional.empty();
    }

    private static String explain(MarkedYamlEngineException e, String text) {
        int at = e.getProblemMark().map(Mark::getIndex).orElse(0);
        boolean tab =
                at < text.codePointCount(0, text.length()) && text.codePointAt(text.offsetByCodePoints(0, at)) == '\t';
        if (tab) {
            return "a tab cannot indent. Use spaces.";
        }
        String begin = e.getContextMark()
                .map(mark -> " that begins in line " + (mark.getLine() + 1))
                .orElse("");
        String context = e.getContext() == null ? "" : " (" + e.getContext() + begin + ")";
        return e.getProblem() + context + ".";
    }

    private YamlNode convert(Node node, String path) {
        YamlNode known = converted.get(node);
        if (known != null) {
            return known;
        }
        if (node.isRecursive()) {
            problems.add(origin(node), path, "contains itself through an alias. Write the values out.");
            return new YamlNode.Broken(origin(node));
        }
        YamlNode result = new YamlNode.Broken(origin(node));
        if (!node.getTag().getValue().startsWith(STANDARD_TAGS)) {
            problems.add(origin(node), path, "the tag '" + node.getTag().getValue() + "' is not supported. Remove it.");
        } else if (node instanceof ScalarNode scalar) {
            boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
            result = new YamlNode.Scalar(scalar.getValue(), plain, origin(node));
        } else if (node instanceof SequenceNode sequence) {
            result = list(sequence, path);
        } else if (node instanceof MappingNode mapping) {
            result = mapping(mapping, path);
        }
        converted.put(node, result);
        return result;
    }

    private YamlNode list(SequenceNode sequence, String path) {
        List<YamlNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(convert(item, Origins.Paths.child(path, String.valueOf(items.size()))));
        }
        return new YamlNode.Sequence(items, origin(sequence));
    }

    private YamlNode mapping(MappingNode mapping, String path) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        Map<String, Origin> seen = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Origin keyOrigin = origin(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                problems.add(keyOrigin, path, "a key is a list or a block. Keys are single words.");
                continue;
            }
            String key = scalar.getValue();
            String keyPath = Origins.Paths.child(path, key);
            Origin first = seen.putIfAbsent(key, keyOrigin);
            if (first != null) {
                String where = first instanceof Origin.InFile at ? " (line " + at.line() + ")" : "";
                problems.add(keyOrigin, keyPath, "is given twice, first above" + where + ". Keep one of them.");
                continue;
            }
            Node value = tuple.getValueNode();
            // A key without a value is best shown at the key: the parser places the missing value on some later line.
            YamlNode read = value instanceof ScalarNode none
                            && none.getScalarStyle() == ScalarStyle.PLAIN
                            && none.getValue().isEmpty()
                    ? new YamlNode.Scalar("", true, keyOrigin)
                    : convert(value, keyPath);
            entries.add(new YamlNode.Entry(key, keyOrigin, read));
        }
        return new YamlNode.Mapping(entries, origin(mapping));
    }

    private Origin origin(Node node) {
        return origin(node.getStartMark());
    }

    private Origin origin(Optional<Mark> mark) {
        return places.at(
                mark.map(Mark::getLine).orElse(0), mark.map(Mark::getColumn).orElse(0));
    }
}
