import { command, forAll, type ProductHelp } from '../help.ts';

const cloudflareAddresses = command(
  'Cloudflare’s addresses, for the origin’s firewall',
  'curl -sS https://www.cloudflare.com/ips-v4 https://www.cloudflare.com/ips-v6',
);
const pastCloudflare = command(
  'The origin, past Cloudflare',
  "curl -sS -o /dev/null -D - --connect-to {host}::ORIGIN-ADDRESS: '{url}'",
);

export const cloudflareHelp: ProductHelp = {
  ids: ['cloudflare'],
  logOf: 'the origin’s web server',
  words: {
    'origin-not-listening':
      'Start the web server at the origin, and let Cloudflare’s addresses through its firewall: Cloudflare was refused.',
    'origin-unreachable':
      'Let Cloudflare’s addresses through the origin’s firewall, and see that the DNS record at Cloudflare holds the origin’s present address.',
    'upstream-tls':
      'Serve a valid certificate at the origin (Cloudflare’s Origin CA will do), or choose the encryption mode that fits what the origin speaks.',
    'upstream-dns': 'Correct the record at Cloudflare that names the origin: Cloudflare can’t resolve it.',
    'origin-timeout':
      'The origin took longer than Cloudflare waits (100 s, unless yours is set otherwise): let long work run in the background and answer at once.',
  },
  fixes: {
    ...forAll(
      ['origin-not-listening', 'origin-unreachable', 'origin-reset', 'blocked'],
      [cloudflareAddresses, pastCloudflare],
    ),
    ...forAll(
      [
        'origin-closed-early',
        'origin-timeout',
        'origin-invalid-response',
        'origin-header-too-big',
        'compression-or-length',
        'no-live-upstream',
      ],
      [pastCloudflare],
    ),
    'upstream-tls': [
      command(
        'The certificate that the origin shows',
        'openssl s_client -connect ORIGIN-ADDRESS:443 -servername {host} </dev/null 2>/dev/null | openssl x509 -noout -subject -dates',
      ),
    ],
    'upstream-dns': [
      command('What the origin’s name leads to', 'dig +short ORIGIN-NAME A; dig +short ORIGIN-NAME AAAA'),
    ],
  },
  log: [
    command(
      'At the origin, by the Ray ID or the time',
      "grep -h '' /var/log/nginx/error.log /var/log/apache2/error.log 2>/dev/null | tail -n 50",
    ),
  ],
  signs: {
    'origin-not-listening': 'no request at that moment, from a server that was stopped,',
    'origin-unreachable': 'no request at that moment, from a server that ran,',
    'origin-closed-early': 'a request that ends with an error',
  },
  source: 'developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors',
};

export const cloudfrontHelp: ProductHelp = {
  ids: ['cloudfront', 'fastly', 'akamai', 'bunny', 'azure-front-door', 'imperva', 'sucuri', 'ddos-guard'],
  fixes: forAll(
    [
      'origin-not-listening',
      'origin-unreachable',
      'upstream-tls',
      'upstream-dns',
      'origin-timeout',
      'origin-closed-early',
      'origin-invalid-response',
      'no-live-upstream',
    ],
    [command('The origin, past the CDN', "curl -sS -o /dev/null -D - --connect-to {host}::ORIGIN-ADDRESS: '{url}'")],
  ),
  logOf: 'the origin’s web server',
  log: [
    command(
      'At the origin, at that time',
      "grep -h '' /var/log/nginx/error.log /var/log/apache2/error.log 2>/dev/null | tail -n 50",
    ),
  ],
  source:
    'docs.aws.amazon.com/AmazonCloudFront, troubleshooting; fastly.com/documentation; techdocs.akamai.com; learn.microsoft.com/azure/frontdoor',
};

const health = command(
  'Health of the targets, and why',
  'aws elbv2 describe-target-health --target-group-arn TARGET-GROUP-ARN',
);
export const awsHelp: ProductHelp = {
  ids: ['aws-alb', 'aws-api-gateway'],
  words: {
    'origin-reset':
      'Let the targets keep idle connections open longer than the load balancer does (its idle timeout, 60 s unless set otherwise).',
  },
  fixes: {
    ...forAll(
      [
        'origin-not-listening',
        'origin-unreachable',
        'no-live-upstream',
        'origin-saturated',
        'origin-invalid-response',
        'gateway-wrong-target',
      ],
      [health],
    ),
    ...forAll(
      ['origin-reset', 'origin-closed-early'],
      [
        health,
        command(
          'Its idle timeout',
          'aws elbv2 describe-load-balancer-attributes --load-balancer-arn LOAD-BALANCER-ARN',
        ),
      ],
    ),
    'origin-timeout': [
      command(
        'Let it wait longer, only where the work takes it',
        'aws elbv2 modify-load-balancer-attributes --load-balancer-arn LOAD-BALANCER-ARN --attributes Key=idle_timeout.timeout_seconds,Value=120',
      ),
    ],
    'gateway-dependency': [command('The function’s log', 'aws logs tail /aws/lambda/FUNCTION --since 30m')],
    'app-error': [command('The function’s log', 'aws logs tail /aws/lambda/FUNCTION --since 30m')],
    blocked: [
      command(
        'Which rule of the web firewall fired',
        'aws wafv2 get-sampled-requests --web-acl-arn ACL-ARN --rule-metric-name RULE --scope REGIONAL --max-items 50 --time-window StartTime=START,EndTime=END',
      ),
    ],
  },
  log: [
    command(
      'Its access logs: error_reason and target_status_code',
      'aws s3 ls s3://LOG-BUCKET/AWSLogs/ --recursive | tail',
    ),
  ],
  signs: {
    'origin-timeout': 'target_status_code “-” after the idle timeout',
    'no-live-upstream': 'no target in the line',
    'origin-closed-early': 'target_status_code “-” at once',
  },
  source: 'docs.aws.amazon.com/elasticloadbalancing/latest/application, troubleshooting',
};

export const googleHelp: ProductHelp = {
  ids: ['google-lb', 'google-frontend'],
  fixes: forAll(
    [
      'origin-not-listening',
      'origin-unreachable',
      'no-live-upstream',
      'origin-reset',
      'origin-timeout',
      'origin-closed-early',
    ],
    [
      command('Health of the backends', 'gcloud compute backend-services get-health BACKEND-SERVICE --global'),
      command(
        'Let its health checks in',
        'gcloud compute firewall-rules create allow-lb --allow=tcp:80,tcp:443 --source-ranges=130.211.0.0/22,35.191.0.0/16',
      ),
    ],
  ),
  log: [
    command(
      'Its log: statusDetails names the cause',
      "gcloud logging read 'resource.type=\"http_load_balancer\" AND httpRequest.status>=500' --limit=20 --format='value(timestamp,jsonPayload.statusDetails)'",
    ),
  ],
  signs: {
    'origin-not-listening': 'failed_to_connect_to_backend',
    'no-live-upstream': 'failed_to_pick_backend',
    'origin-timeout': 'backend_timeout',
    'origin-closed-early': 'backend_connection_closed_before_data_sent_to_client',
  },
  source: 'cloud.google.com/load-balancing/docs/https/troubleshooting-ext-https-lbs',
};

export const azureHelp: ProductHelp = {
  ids: ['azure-application-gateway', 'azure-app-service'],
  fixes: {
    ...forAll(
      [
        'origin-not-listening',
        'origin-unreachable',
        'no-live-upstream',
        'upstream-tls',
        'upstream-dns',
        'origin-timeout',
      ],
      [
        command(
          'Health of the backends, and why',
          'az network application-gateway show-backend-health --name GATEWAY --resource-group GROUP',
        ),
      ],
    ),
    ...forAll(
      ['app-error', 'origin-refusing', 'origin-closed-early'],
      [command('The application’s log', 'az webapp log tail --name APP --resource-group GROUP')],
    ),
  },
  log: [command('The application’s log', 'az webapp log tail --name APP --resource-group GROUP')],
  source: 'learn.microsoft.com/azure/application-gateway/application-gateway-troubleshooting-502',
};
