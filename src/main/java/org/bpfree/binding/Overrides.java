package org.bpfree.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Merges options such as {@code --set learner.beta=0.9} into the nodes of an experiment file. */
final class Overrides {
    private final Problems problems;

    Overrides(Problems problems) {
        this.problems = problems;
    }

    /** The file with all overrides, the later ones winning; what does not fit is reported and left out. */
    YamlNode merge(YamlNode file, List<String> overrides) {
        YamlNode merged = file;
        for (int i = 0; i < overrides.size(); i++) {
            merged = new One(i, overrides.get(i)).mergeInto(merged);
        }
        return merged;
    }

    /** A step on the way to the setting. */
    private record Step(String name, String path, Origin origin) {}

    private final class One {
        private final int index;
        private final String text;

        One(int index, String text) {
            this.index = index;
            this.text = text;
        }

        YamlNode mergeInto(YamlNode file) {
            int equals = text.indexOf('=');
            String path = equals < 0 ? text : text.substring(0, equals);
            if (equals < 0) {
                problems.add(
                        at(text.length()),
                        path,
                        "has no '='. Write --set path=value, such as --set training.epochs=5.");
                return file;
            }
            List<Step> steps = steps(path);
            if (steps.stream().anyMatch(step -> step.name().isBlank())) {
                problems.add(
                        at(0),
                        path,
                        "has an empty name before the '='. Write --set path=value, such as --set training.epochs=5.");
                return file;
            }
            YamlReader.Places places = (line, column) -> at(equals + 1 + (line == 0 ? column : 0));
            Optional<YamlNode> value = YamlReader.value(text.substring(equals + 1), path, places, problems);
            return value.flatMap(node -> put(file, steps, node)).orElse(file);
        }

        private List<Step> steps(String path) {
            List<Step> steps = new ArrayList<>();
            int begin = 0;
            while (begin <= path.length()) {
                int dot = path.indexOf('.', begin);
                int end = dot < 0 ? path.length() : dot;
                steps.add(new Step(path.substring(begin, end), path.substring(0, end), at(begin)));
                begin = end + 1;
            }
            return steps;
        }

        private Origin at(int offset) {
            return new Origin.InOverride(index, offset + 1);
        }

        private Optional<YamlNode> put(YamlNode into, List<Step> steps, YamlNode value) {
            if (steps.isEmpty()) {
                return Optional.of(value);
            }
            Step step = steps.get(0);
            List<Step> rest = steps.subList(1, steps.size());
            if (into instanceof YamlNode.Sequence list) {
                return putItem(list, step, rest, value);
            }
            if (into instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
                String parent = Origins.Paths.parent(step.path());
                problems.add(
                        step.origin(),
                        step.path(),
                        "unknown key. '" + parent + "' is the single value " + ScalarReader.quote(scalar.text())
                                + ", it has no keys.");
                return Optional.empty();
            }
            // A block that the file leaves out begins here; the binder tells whether it may.
            YamlNode.Mapping block =
                    into instanceof YamlNode.Mapping mapping ? mapping : new YamlNode.Mapping(List.of(), step.origin());
            Optional<YamlNode.Entry> present = block.find(step.name());
            YamlNode old = present.map(YamlNode.Entry::value).orElse(new YamlNode.Mapping(List.of(), step.origin()));
            Origin keyOrigin = rest.isEmpty() || present.isEmpty()
                    ? step.origin()
                    : present.get().keyOrigin();
            return put(old, rest, value)
                    .map(changed -> block.with(new YamlNode.Entry(step.name(), keyOrigin, changed)));
        }

        private Optional<YamlNode> putItem(YamlNode.Sequence list, Step step, List<Step> rest, YamlNode value) {
            int size = list.items().size();
            int position = step.name().matches("[0-9]{1,6}") ? Integer.parseInt(step.name()) : -1;
            if (position < 0 || position >= size) {
                String parent = Origins.Paths.parent(step.path());
                String allowed = size == 0 ? "it is empty" : "expected a position from 0 to " + (size - 1);
                problems.add(
                        step.origin(),
                        step.path(),
                        "'" + parent + "' is a list without '" + step.name() + "', " + allowed + ".");
                return Optional.empty();
            }
            List<YamlNode> items = new ArrayList<>(list.items());
            return put(items.get(position), rest, value).map(changed -> {
                items.set(position, changed);
                return new YamlNode.Sequence(items, list.origin());
            });
        }
    }
}
