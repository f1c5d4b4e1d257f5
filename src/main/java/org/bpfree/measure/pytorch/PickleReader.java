package org.bpfree.measure.pytorch;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickle of a state dict. Nothing that a pickle names is run: the few functions that state dicts consist of are known here, and
 * everything else is refused.
 */
final class PickleReader {
    private static final Object MARK = new Object();
    private static final int KNOWN_PROTOCOL = 2;

    /** Why a pickle cannot be read; completes the sentence "… cannot be read: …". */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why);
        }
    }

    /** A class or function of Python, by its name. */
    private record Global(String name) {}

    /**
     * Memory that tensors lie in.
     *
     * @param type name of the class of the storage, such as {@code FloatStorage}
     * @param key name of its file
     */
    record Storage(String type, String key) {}

    /**
     * How a tensor lies in a storage.
     *
     * @param offset of the first element
     * @param strides from one index of an axis to the next, in elements
     */
    record Lying(Storage storage, int offset, int[] shape, int[] strides) {}

    private final ByteBuffer in;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private PickleReader(byte[] pickle) {
        in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The tensors of a state dict by name, in its order.
     *
     * @throws Unreadable if the pickle is damaged or holds something else
     */
    static Map<String, Lying> read(byte[] pickle) throws Unreadable {
        Object result;
        try {
            result = new PickleReader(pickle).run();
        } catch (BufferUnderflowException | IndexOutOfBoundsException | ClassCastException e) {
            throw new Unreadable("it is damaged");
        }
        if (!(result instanceof Map<?, ?> dict)) {
            throw new Unreadable("it holds no state dict; save model.state_dict()");
        }
        Map<String, Lying> tensors = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : dict.entrySet()) {
            if (!(entry.getKey() instanceof String name && entry.getValue() instanceof Lying lying)) {
                throw new Unreadable("'" + entry.getKey() + "' in it is no tensor; save model.state_dict() alone");
            }
            tensors.put(name, lying);
        }
        return tensors;
    }

    private Object run() throws Unreadable {
        while (true) {
            int opcode = Byte.toUnsignedInt(in.get());
            switch (opcode) {
                case Opcode.PROTO -> {
                    if (in.get() != KNOWN_PROTOCOL) {
                        throw new Unreadable("its pickle protocol is not supported; torch.save writes protocol 2");
                    }
                }
                case Opcode.MARK -> push(MARK);
                case Opcode.NONE -> push("None");
                case Opcode.NEWTRUE -> push(true);
                case Opcode.NEWFALSE -> push(false);
                case Opcode.BININT -> push(in.getInt());
                case Opcode.BININT1 -> push(Byte.toUnsignedInt(in.get()));
                case Opcode.BININT2 -> push(Short.toUnsignedInt(in.getShort()));
                case Opcode.LONG1 -> throw new Unreadable("it holds tensors of more than 2^31 elements");
                case Opcode.BINUNICODE -> push(text());
                case Opcode.GLOBAL -> push(new Global(line() + "." + line()));
                case Opcode.BINPERSID -> push(storage((List<?>) pop()));
                case Opcode.EMPTY_DICT -> push(new LinkedHashMap<>());
                case Opcode.EMPTY_TUPLE -> push(List.of());
                case Opcode.TUPLE -> push(sinceMark());
                case Opcode.TUPLE1, Opcode.TUPLE2, Opcode.TUPLE3 -> push(last(opcode - Opcode.TUPLE1 + 1));
                case Opcode.REDUCE -> reduce();
                case Opcode.BUILD -> pop(); // what modules tell of themselves, such as versions
                case Opcode.SETITEM -> setItems(last(2));
                case Opcode.SETITEMS -> setItems(sinceMark());
                case Opcode.BINPUT -> memo.put(Byte.toUnsignedInt(in.get()), top());
                case Opcode.LONG_BINPUT -> memo.put(in.getInt(), top());
                case Opcode.BINGET -> push(memo.get(Byte.toUnsignedInt(in.get())));
                case Opcode.LONG_BINGET -> push(memo.get(in.getInt()));
                case Opcode.STOP -> {
                    return pop();
                }
                default -> throw new Unreadable("it holds something else than a state dict; save model.state_dict()");
            }
        }
    }

    private void reduce() throws Unreadable {
        List<?> arguments = (List<?>) pop();
        String function = ((Global) pop()).name();
        switch (function) {
            case "collections.OrderedDict" -> push(new LinkedHashMap<>());
            case "torch._utils._rebuild_tensor_v2" ->
                push(new Lying(
                        (Storage) arguments.get(0),
                        (Integer) arguments.get(1),
                        integers(arguments.get(2)),
                        integers(arguments.get(3))));
            case "torch._utils._rebuild_parameter" -> push(arguments.get(0));
            default ->
                throw new Unreadable(
                        "it holds " + function + ", which no state dict needs; save model.state_dict() alone");
        }
    }

    private static Storage storage(List<?> id) throws Unreadable {
        if (!(id.get(1) instanceof Global type)) {
            throw new Unreadable("it is damaged: a storage has no type");
        }
        return new Storage(type.name().replaceFirst("^torch\\.", ""), (String) id.get(2));
    }

    private static int[] integers(Object tuple) {
        return ((List<?>) tuple).stream().mapToInt(each -> (Integer) each).toArray();
    }

    private void setItems(List<?> items) {
        @SuppressWarnings("unchecked") // of objects whatever it is
        Map<Object, Object> dict = (Map<Object, Object>) top();
        for (int i = 0; i < items.size(); i += 2) {
            dict.put(items.get(i), items.get(i + 1));
        }
    }

    private String text() {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() {
        int begin = in.position();
        while (in.get() != '\n') {
            continue;
        }
        return new String(Arrays.copyOfRange(in.array(), begin, in.position() - 1), StandardCharsets.UTF_8);
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        return stack.remove(stack.size() - 1);
    }

    private List<Object> last(int count) {
        List<Object> top = stack.subList(stack.size() - count, stack.size());
        List<Object> copy = Collections.unmodifiableList(new ArrayList<>(top));
        top.clear();
        return copy;
    }

    private List<Object> sinceMark() {
        int mark = stack.lastIndexOf(MARK);
        List<Object> items = last(stack.size() - mark - 1);
        pop();
        return items;
    }
}
