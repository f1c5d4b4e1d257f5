package org.bpfree.measure.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The pickle that {@code torch.save} writes of a state dict (pickle protocol 2): an {@code OrderedDict} of tensors, each of which names a
 * storage beside it and says how its elements lie there.
 */
final class StateDictPickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private StateDictPickle() {}

    /** The pickle of some arrays; the storage of each is named by its position. */
    static byte[] of(Map<String, TorchArray> arrays) {
        StateDictPickle pickle = new StateDictPickle();
        pickle.out.write(Opcode.PROTO);
        pickle.out.write(2);
        pickle.orderedDict();
        pickle.out.write(Opcode.MARK);
        int storage = 0;
        for (Map.Entry<String, TorchArray> entry : arrays.entrySet()) {
            pickle.text(entry.getKey());
            pickle.tensor(entry.getValue(), Integer.toString(storage++));
        }
        pickle.out.write(Opcode.SETITEMS);
        pickle.out.write(Opcode.STOP);
        return pickle.out.toByteArray();
    }

    private void tensor(TorchArray array, String storage) {
        global("torch._utils", "_rebuild_tensor_v2");
        out.write(Opcode.MARK);
        out.write(Opcode.MARK);
        text("storage");
        global("torch", array.type().storage);
        text(storage);
        text("cpu");
        number(array.size());
        out.write(Opcode.TUPLE);
        out.write(Opcode.BINPERSID);
        number(0); // the first element of the storage
        numbers(array.shape());
        numbers(TorchArray.strides(array.shape()));
        out.write(Opcode.NEWFALSE); // no gradient is wanted
        orderedDict(); // no hooks
        out.write(Opcode.TUPLE);
        out.write(Opcode.REDUCE);
    }

    private void orderedDict() {
        global("collections", "OrderedDict");
        out.write(Opcode.EMPTY_TUPLE);
        out.write(Opcode.REDUCE);
    }

    private void global(String module, String name) {
        out.write(Opcode.GLOBAL);
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(Opcode.BINUNICODE);
        out.writeBytes(littleEndian(bytes.length));
        out.writeBytes(bytes);
    }

    private void numbers(int[] numbers) {
        out.write(Opcode.MARK);
        for (int each : numbers) {
            number(each);
        }
        out.write(Opcode.TUPLE);
    }

    private void number(int number) {
        out.write(Opcode.BININT);
        out.writeBytes(littleEndian(number));
    }

    private static byte[] littleEndian(int number) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }
}
