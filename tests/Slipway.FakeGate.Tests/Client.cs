using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Tests;

/// <summary>A plain client that follows no redirects.</summary>
internal sealed class Client(Uri url) : IDisposable
{
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = url };

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answer> Post(string path, JsonNode? body = null) => Send(HttpMethod.Post, path, body);

    public Task<Answer> Put(string path, JsonNode? body = null) => Send(HttpMethod.Put, path, body);

    public Task<Answer> Patch(string path, JsonNode body) => Send(HttpMethod.Patch, path, body);

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path);

    public async Task<Answer> Send(HttpMethod method, string path, JsonNode? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");

        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, text, response.Headers.ToDictionary(header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose() => Http.Dispose();
}

internal sealed record Answer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonObject Object => (JsonObject)JsonNode.Parse(Text)!;

    public JsonArray Array => (JsonArray)JsonNode.Parse(Text)!;

    public string Message => (string)Object["message"]!;
}
