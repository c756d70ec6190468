using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.Contracts.Services;

/// <summary>Written as a string; a number of instances is also read as a JSON number, as slipway.yaml has it.</summary>
public sealed class AmountConverter : JsonConverter<Amount>
{
    public override Amount Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when reader.TryGetInt32(out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        return Amount.TryParse(text, out var amount) ? amount : throw new JsonException(Amount.Rule);
    }

    public override void Write(Utf8JsonWriter writer, Amount value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
