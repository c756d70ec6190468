using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Judging.Kayenta.Wire;

namespace Slipway.Server.Services.Format;

internal sealed class NumberShape(double minimum = double.MinValue, double maximum = double.MaxValue) : ScalarShape<double>
{
    public override string Says => minimum == double.MinValue ? "a number" : string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}");

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (minimum > double.MinValue)
            (schema["minimum"], schema["maximum"]) = (minimum, maximum);

        return schema;
    }

    protected override string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    protected override bool TryParse(ScalarNode scalar, out double value) =>
        double.TryParse(scalar.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value)
        && double.IsFinite(value) && value >= minimum && value <= maximum;
}

/// <summary>A canary config of Kayenta: its JSON as keys, or as text.</summary>
internal sealed class CanaryConfigShape : Shape<JsonElement>
{
    private const int MostMetrics = 100;

    public override string Says => "a canary config of Kayenta, as keys or as JSON text";

    public override bool TryRead(Node node, Mistakes mistakes, [MaybeNullWhen(false)] out JsonElement value)
    {
        if (node is ListNode or ScalarNode { IsNothing: true })
            return Refuse(node, mistakes, out value);

        try
        {
            using var document = JsonDocument.Parse(node is ScalarNode text ? text.Text : AnyShape.ToJson(node)!.ToJsonString());
            value = document.RootElement.Clone();
            if (Problem(value.Deserialize(KayentaJson.Default.CanaryConfig)) is not { } problem)
                return true;

            mistakes.Add(node, problem);
            return false;
        }
        catch (JsonException e)
        {
            mistakes.Add(node, $"This is not a canary config of Kayenta: {e.Message.Split(" Path: ")[0]}");
            value = default;
            return false;
        }
    }

    public override Node Write(JsonElement value, string place) => value.ValueKind == JsonValueKind.Object
        ? new AnyShape().Write(value, place)
        : new ScalarNode(place, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());

    public override JsonObject Schema() => new() { ["type"] = new JsonArray("object", "string") };

    private static string? Problem(CanaryConfig? config) => config switch
    {
        null or { Metrics: null or { Count: 0 } } => "The canary config has no metrics.",
        { Metrics.Count: > MostMetrics } => $"The canary config has more than {MostMetrics} metrics.",
        _ when config.Metrics.Any(metric => string.IsNullOrEmpty(metric?.Name)) => "Every metric of the canary config needs a name.",
        _ when config.Metrics.FirstOrDefault(metric => metric.Query?.Type != "prometheus") is { } other => $"The metric {other.Name} is not asked of Prometheus; only \"type\": \"prometheus\" is possible.",
        _ when config.Metrics.FirstOrDefault(metric => metric.ScopeName is not (null or "" or "default")) is { } other => $"The metric {other.Name} is for the scope {other.ScopeName}; there is only default.",
        _ => null,
    };
}
