using System.Text;
using System.Text.Json;

namespace Slipway.Agent.Supervision.Systemd;

/// <summary>A line of output, as `journalctl --output=json` tells it.</summary>
/// <param name="Text">Without its end.</param>
/// <param name="Priority">Of syslog, 0 the worst: with a prefix such as `&lt;3&gt;`, or by a program that writes to the journal itself.</param>
/// <param name="Invocation">Of which start of the unit it is. Empty: not known.</param>
/// <param name="Cursor">Where it stands in the journal.</param>
internal sealed record JournalLine(ReadOnlyMemory<byte> Text, string Priority, string Invocation, string Cursor)
{
    /// <summary>What journalctl has to tell for it besides the cursor, which it always tells.</summary>
    public const string Fields = "MESSAGE,PRIORITY,_SYSTEMD_INVOCATION_ID";

    /// <summary>Nobody looks further.</summary>
    private const int Longest = 4096;

    /// <returns>Null: it is no such line.</returns>
    public static JournalLine? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var fields = document.RootElement;
            return fields.ValueKind == JsonValueKind.Object && fields.TryGetProperty("MESSAGE", out var message)
                ? new(Bounded(TextOf(message)), Word(fields, "PRIORITY"), Word(fields, "_SYSTEMD_INVOCATION_ID"), Word(fields, "__CURSOR"))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Bounded(byte[] text) => text.Length <= Longest ? text : text[..Longest];

    /// <summary>Numbers where it is not plain text, such as with colours; several where a program has said it several times.</summary>
    private static byte[] TextOf(JsonElement message) => message.ValueKind switch
    {
        JsonValueKind.String => Encoding.UTF8.GetBytes(message.GetString()!),
        JsonValueKind.Array when message.GetArrayLength() > 0 && message[0].ValueKind != JsonValueKind.Number => TextOf(message[0]),
        JsonValueKind.Array => [.. message.EnumerateArray().Select(one => one.TryGetByte(out var value) ? value : (byte)'?')],
        _ => [],
    };

    private static string Word(JsonElement fields, string name) => fields.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
