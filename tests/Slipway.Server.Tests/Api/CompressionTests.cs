using System.IO.Compression;
using System.Net;
using Slipway.Contracts.Access;

namespace Slipway.Server.Tests.Api;

public sealed class CompressionTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task An_answer_is_compressed_when_it_is_asked_for(string encoding)
    {
        var response = await AskAsync("/api/v1/whoami", encoding);
        Assert.Equal(encoding, Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        await using var body = await response.Content.ReadAsStreamAsync();
        await using Stream plain = encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        var me = await System.Text.Json.JsonSerializer.DeserializeAsync(plain, Contracts.ContractsJson.Default.WhoAmI);
        Assert.Equal(Scope.Admin, me!.Scope);
    }

    [Fact]
    public async Task Nobody_gets_it_compressed_who_did_not_ask()
    {
        var response = await server.Http.GetAsync("/api/v1/whoami");
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task A_stream_of_events_is_never_compressed()
    {
        using var response = await AskAsync("/api/v1/events", "br", "text/event-stream");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string encoding, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept-Encoding", encoding);
        request.Headers.Add("Accept", accept);
        return await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
