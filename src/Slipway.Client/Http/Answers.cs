using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Contracts;

namespace Slipway.Client.Http;

/// <summary>Reads what the server said; what is not the API's (a proxy's error page, say) becomes a problem too.</summary>
internal static class Answers
{
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new ApiException(new ApiProblem
            {
                Title = "The answer was not understood.",
                Status = (int)response.StatusCode,
                Code = "answer_not_understood",
                Detail = $"{response.RequestMessage?.RequestUri} did not answer as a Slipway server of this version does. Check the server's address, and that server and command line have the same version.",
            });
        }
    }

    public static async Task<ApiProblem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            if (body.Length > 0 && JsonSerializer.Deserialize(body, ContractsJson.Default.ApiProblem) is { } problem && (problem.Code.Length > 0 || problem.Title.Length > 0))
                return problem with { Status = status };
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException)
        {
            // Said below in our own words.
        }

        return new ApiProblem
        {
            Title = response.ReasonPhrase ?? "Refused",
            Status = status,
            Code = "http_" + status.ToString(CultureInfo.InvariantCulture),
            Detail = status switch
            {
                401 => "The server does not accept the token.",
                403 => "The token may not do this.",
                404 => $"{response.RequestMessage?.RequestUri?.AbsolutePath} does not exist on this server.",
                413 => "That is larger than the server takes.",
                >= 500 => $"The server failed with {status} ({response.ReasonPhrase}).",
                _ => $"The server answered {status} ({response.ReasonPhrase}).",
            },
        };
    }
}
