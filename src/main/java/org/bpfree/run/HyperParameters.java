package org.bpfree.run;

import java.util.Map;

/**
 * The settings of a run as TensorBoard's HParams page reads them: a summary whose metadata names the plugin and holds a message
 * {@code HParamsPluginData} (TensorBoard, {@code plugins/hparams/plugin_data.proto}; field numbers are those of that file, of TensorFlow's
 * {@code summary.proto}, {@code tensor.proto}, {@code tensor_shape.proto}, and of protobuf's {@code struct.proto}).
 */
final class HyperParameters {
    private static final String TAG = "_hparams_/session_start_info";
    private static final String PLUGIN = "hparams";
    private static final String LAYERS = "model.layers.";

    private HyperParameters() {}

    /**
     * The message {@code Summary}. Settings of single layers are left out: they fill a page that has a column for each.
     *
     * @param settings values by path
     * @param seconds when the session began, since 1970
     */
    static ProtocolBuffer summary(Map<String, String> settings, double seconds) {
        ProtocolBuffer start = new ProtocolBuffer();
        settings.forEach((path, value) -> {
            if (!path.startsWith(LAYERS) && !value.isEmpty()) {
                start.message(
                        1, new ProtocolBuffer().text(1, path).message(2, value(value))); // hparams, an entry of a map
            }
        });
        start.text(4, settings.getOrDefault("name", "")).number(5, seconds); // group_name, start_time_secs
        ProtocolBuffer data = new ProtocolBuffer().message(3, start); // session_start_info
        ProtocolBuffer plugin = new ProtocolBuffer().text(1, PLUGIN).message(2, data); // plugin_name, content
        ProtocolBuffer nothing = new ProtocolBuffer() // a TensorProto of DT_FLOAT with no element
                .integer(1, 1)
                .message(2, new ProtocolBuffer().message(2, new ProtocolBuffer().integer(1, 0)));
        ProtocolBuffer summary = new ProtocolBuffer()
                .text(1, TAG)
                .message(8, nothing)
                .message(9, new ProtocolBuffer().message(1, plugin)); // metadata, plugin_data
        return new ProtocolBuffer().message(1, summary);
    }

    /** A number, a truth value or a text. */
    private static ProtocolBuffer value(String text) {
        if (text.equals("true") || text.equals("false")) {
            return new ProtocolBuffer().integer(4, text.equals("true") ? 1 : 0);
        }
        try {
            return new ProtocolBuffer().number(2, Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return new ProtocolBuffer().text(3, text);
        }
    }
}
