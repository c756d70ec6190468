using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Judging.Kayenta.Wire;

/// <summary>Lists of numbers as Kayenta writes them: the text "NaN" or null for what was not measured, and "Infinity".</summary>
internal sealed class SamplesConverter : JsonConverter<IReadOnlyList<double>>
{
    public override IReadOnlyList<double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("It must be a list.");

        List<double> samples = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            samples.Add(Sample(ref reader));
        return samples;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var sample in value)
        {
            if (double.IsFinite(sample))
                writer.WriteNumberValue(sample);
            else
                writer.WriteStringValue(sample.ToString(CultureInfo.InvariantCulture));
        }

        writer.WriteEndArray();
    }

    private static double Sample(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.Null => double.NaN,
        JsonTokenType.String when double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var sample) => sample,
        _ => throw new JsonException("It must be a number or \"NaN\"."),
    };
}
