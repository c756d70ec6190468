using System.Net;
using System.Text.Json;
using Slipway.Contracts;
using Slipway.Contracts.Access;

namespace Slipway.Server.Tests.Access;

/// <summary>Sends what a browser sends by itself, header by header: the cookie it has, and where the page is from.</summary>
internal sealed class Browser(Uri address) : IDisposable
{
    private readonly HttpClient http = new(new HttpClientHandler { UseCookies = false, ServerCertificateCustomValidationCallback = (_, _, _, _) => true }) { BaseAddress = address };

    public string? Cookie { get; set; }

    public string Origin => address.GetLeftPart(UriPartial.Authority);

    public Task<HttpResponseMessage> SignInAsync(string token, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, "/api/v1/session", JsonSerializer.Serialize(new BeginSession { Token = token }, ContractsJson.Default.BeginSession), headers);

    /// <summary>Signed in, with the cookie kept.</summary>
    public async Task<string> SignedInAsync(string token, params (string Name, string Value)[] headers)
    {
        var response = await SignInAsync(token, headers);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var set = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Cookie = set.Split(';')[0];
        return set;
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, null, headers);

    /// <summary>Something that changes the server: a join token.</summary>
    public Task<HttpResponseMessage> ChangeAsync(params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, "/api/v1/joinTokens", "{}", headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        if (Cookie is not null)
            request.Headers.Add("Cookie", Cookie);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request);
    }

    public void Dispose() => http.Dispose();
}
