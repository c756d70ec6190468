using System.Net.Http.Headers;
using System.Text;

namespace Slipway.Server.Checks.Declared.Http;

/// <summary>A request of a check with its values filled in. Each carries the key of its stage's attempt, so that a second one after a crash can be told.</summary>
internal static class CheckRequest
{
    public const string KeyHeader = "Slipway-Key";

    public static HttpRequestMessage Make(CheckCall call, string method, string url, IReadOnlyDictionary<string, string> headers, string? body)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), call.Address(url));
        if (body is not null)
            request.Content = Content(body);

        request.Headers.TryAddWithoutValidation(KeyHeader, call.Run.Key);
        foreach (var (name, text) in headers)
            Add(request, name, call.Fill(text));

        return request;
    }

    private static StringContent Content(string body)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue(body.AsSpan().TrimStart() is ['{' or '[', ..] ? "application/json" : "text/plain") { CharSet = "utf-8" };
        return content;
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (value.Any(char.IsControl))
            throw new CheckNotPossibleException($"The header {name} would have a control character in it once its values are filled in.");

        if (request.Headers.TryAddWithoutValidation(name, value) || request.Content is null)
            return;

        request.Content.Headers.Remove(name);
        request.Content.Headers.TryAddWithoutValidation(name, value);
    }
}
