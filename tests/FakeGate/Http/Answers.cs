using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Http;

/// <summary>The forms that answers have.</summary>
internal static class Answers
{
    /// <summary>200 without a body.</summary>
    public static IResult Empty => Results.StatusCode(StatusCodes.Status200OK);

    public static IResult Json(JsonNode? body, int status = StatusCodes.Status200OK) =>
        Results.Text(body?.ToJsonString() ?? "", "application/json", System.Text.Encoding.UTF8, status);

    public static Task ErrorAsync(HttpContext context, int status, string message, string? exception, DateTimeOffset now) =>
        Json(Error(status, message, exception, now), status).ExecuteAsync(context);

    public static Task UnknownPathAsync(HttpContext context)
    {
        var body = Wire.Object(
            ("type", "about:blank"),
            ("title", "Not Found"),
            ("status", 404),
            ("detail", $"No static resource {context.Request.Path.Value?.TrimStart('/')}."),
            ("instance", context.Request.Path.Value));
        return Results.Text(body.ToJsonString(), "application/problem+json", System.Text.Encoding.UTF8, 404).ExecuteAsync(context);
    }

    public static void ToLogin(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = $"{context.Request.Scheme}://{context.Request.Host}/login";
    }

    private static JsonObject Error(int status, string message, string? exception, DateTimeOffset now) => Wire.Object(
        ("timestamp", Wire.Millis(now)),
        ("status", status),
        ("error", ReasonPhrases.GetReasonPhrase(status)),
        ("exception", exception),
        ("message", message)).WithoutNulls();
}
