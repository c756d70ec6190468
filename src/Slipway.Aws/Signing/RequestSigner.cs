using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;

namespace Slipway.Aws.Signing;

/// <summary>
/// AWS Signature Version 4 for requests that no SDK package here makes (there is none for SNS in every registry, and the one for S3 would add more to the agent
/// than all it does). https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
/// </summary>
public static class RequestSigner
{
    /// <summary>The sha256 of nothing, for requests without a body.</summary>
    public const string EmptyBody = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>Adds the headers that prove who asks. The request's other headers must be complete.</summary>
    /// <param name="service">As it is named in signatures: <c>sns</c>, <c>s3</c>.</param>
    /// <param name="bodyHash">sha256 of the body, lower-case hex.</param>
    public static void Sign(HttpRequestMessage request, string bodyHash, ImmutableCredentials credentials, string region, string service, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", time);
        // Only S3 asks for it as a header.
        if (service == "s3")
            request.Headers.TryAddWithoutValidation("X-Amz-Content-Sha256", bodyHash);
        if (credentials.UseToken)
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", credentials.Token);

        var headers = SignedHeaders(request);
        var names = string.Join(';', headers.Keys);
        var canonical = new StringBuilder()
            .Append(request.Method.Method).Append('\n')
            .Append(CanonicalPath(request.RequestUri!, encodeAgain: service != "s3")).Append('\n')
            .Append(CanonicalQuery(request.RequestUri!)).Append('\n')
            .AppendJoin("", headers.Select(header => $"{header.Key}:{header.Value}\n")).Append('\n')
            .Append(names).Append('\n')
            .Append(bodyHash);
        var scope = $"{time[..8]}/{region}/{service}/aws4_request";
        var text = $"{Algorithm}\n{time}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())))}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Key(credentials.SecretKey, time[..8], region, service), Encoding.UTF8.GetBytes(text)));
        request.Headers.TryAddWithoutValidation("Authorization", $"{Algorithm} Credential={credentials.AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}");
    }

    private static byte[] Key(string secret, string date, string region, string service)
    {
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secret), Encoding.UTF8.GetBytes(date));
        foreach (var part in (string[])[region, service, "aws4_request"])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));

        return key;
    }

    /// <summary>Host, content type and everything of Amazon's own; what proxies change is left out.</summary>
    private static SortedDictionary<string, string> SignedHeaders(HttpRequestMessage request)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = request.RequestUri!.IsDefaultPort ? request.RequestUri.Host : request.RequestUri.Authority };
        if (request.Content?.Headers.ContentType is { } type)
            headers["content-type"] = type.ToString();
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            if (name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase))
                headers[name.ToLowerInvariant()] = string.Join(',', values.Select(value => value.Trim()));
        }

        return headers;
    }

    /// <summary>S3 signs a path as it is sent, every other service encodes it once more.</summary>
    private static string CanonicalPath(Uri address, bool encodeAgain)
    {
        var path = address.AbsolutePath is "" ? "/" : address.AbsolutePath;
        return string.Join('/', path.Split('/').Select(part => encodeAgain ? Uri.EscapeDataString(part) : Uri.EscapeDataString(Uri.UnescapeDataString(part))));
    }

    private static string CanonicalQuery(Uri address) =>
        string.Join('&', address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Encode(pair[0]), Value: Encode(pair.Length > 1 ? pair[1] : "")))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Encode(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));
}
