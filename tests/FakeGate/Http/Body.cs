using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Slipway.FakeGate.Http;

/// <summary>A request's JSON object; empty where there is no body.</summary>
internal sealed record Body(JsonObject Json)
{
    public static async ValueTask<Body?> BindAsync(HttpContext context) =>
        await ReadAsync(context) is { } node ? new(node as JsonObject ?? throw Unreadable()) : new Body([]);

    public static async Task<JsonNode?> ReadAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw Unreadable();
        }
    }

    public static GateException Unreadable() =>
        new(StatusCodes.Status400BadRequest, "Failed to read request", "org.springframework.http.converter.HttpMessageNotReadableException");
}

/// <summary>A request's list of JSON objects.</summary>
internal sealed record BodyList(IReadOnlyList<JsonObject> Json)
{
    public static async ValueTask<BodyList?> BindAsync(HttpContext context) =>
        new([.. (await Body.ReadAsync(context) as JsonArray ?? throw Body.Unreadable()).OfType<JsonObject>()]);
}
