package org.bpfree.graph.op;

import java.util.List;
import org.bpfree.settings.InvalidSetting;
import org.bpfree.tensor.Shape;
import org.bpfree.tensor.Window;

/** Shape rules that several ops share, with the messages for what does not fit. */
final class Maps {
    private Maps() {}

    /** The input itself when it is a map {@code [height, width, channels]}. */
    static Shape requireMap(Shape input, String setting) {
        if (input.rank() != 3) {
            throw new InvalidSetting(
                    setting,
                    "needs maps [height, width, channels], but its input is " + input
                            + ". Move it above the layer that flattens.");
        }
        return input;
    }

    /** The input itself when it is a map {@code [height, width, channels]} or a sequence {@code [tokens, features]}. */
    static Shape requireMapOrTokens(Shape input) {
        if (input.rank() != 2 && input.rank() != 3) {
            throw new InvalidSetting(
                    "type",
                    "needs maps [height, width, channels] or tokens [tokens, features], but its input is " + input
                            + ". Move it above the layer that flattens.");
        }
        return input;
    }

    /** The input itself when it is a sequence {@code [tokens, features]}. */
    static Shape requireTokens(Shape input, String setting) {
        if (input.rank() != 2) {
            throw new InvalidSetting(
                    setting,
                    "needs tokens [tokens, features], but its input is " + input
                            + ". Add {type: tokens} above it to make tokens of the positions of a map.");
        }
        return input;
    }

    /** The input with its height and width replaced by the numbers of windows. */
    static Shape windows(Shape input, Window window, String sizeSetting) {
        requireMap(input, sizeSetting);
        int height = window.count(input.extent(0));
        int width = window.count(input.extent(1));
        if (height < 1 || width < 1) {
            throw new InvalidSetting(
                    sizeSetting,
                    "a window of " + window.size() + "x" + window.size() + " does not fit into the input " + input
                            + ". Make it smaller, set padding: same, or pool less above.");
        }
        return Shape.of(height, width, input.extent(2));
    }

    /** The common shape of inputs that are joined element by element. */
    static Shape requireEqual(List<Shape> inputs, String kind) {
        for (Shape input : inputs) {
            if (!input.equals(inputs.get(0))) {
                throw new InvalidSetting("inputs", kind + " needs inputs of equal shape, but they are " + inputs + ".");
            }
        }
        return inputs.get(0);
    }
}
